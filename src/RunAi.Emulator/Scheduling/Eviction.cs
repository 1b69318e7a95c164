using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>
/// Chooses whom to evict: preemptible work of lower priority in the same project, and, for work within its
/// project's quota, preemptible work of projects that hold more than theirs. As few as will do.
/// </summary>
internal sealed class Eviction(
    NodePool pool, PendingQueue queue, IReadOnlyDictionary<string, Node> nodes, QuotaLedger ledger, Organisation organisation)
{
    private readonly List<(Workload Owner, Placement Placement)> _freed = [];
    private readonly decimal _mustFree = ledger.ExcessOverLimit(queue.Project, pool, Scheduler.Gpus(queue.Request, pool));

    /// <summary>Whether room can be made. No victims means that ending work is making it already.</summary>
    public bool TryPlan(
        IReadOnlyCollection<Workload> running, bool withinQuota, DateTimeOffset now, out IReadOnlyList<Workload> victims)
    {
        var chosen = new List<Workload>();
        foreach (var workload in running)
        {
            Free(workload, workload.LivePods.Where(pod => pod.Stopping));
        }

        var enough = IsEnough();
        foreach (var candidate in Candidates(running, withinQuota, now))
        {
            if (enough)
            {
                break;
            }

            if (candidate.ProjectId != queue.Project.Id && !HoldsTooMuch(candidate))
            {
                continue;
            }

            chosen.Add(candidate);
            Free(candidate, candidate.LivePods.Where(pod => !pod.Stopping));
            enough = IsEnough();
        }

        if (enough)
        {
            Spare(chosen);
        }

        foreach (var (_, placement) in _freed)
        {
            nodes[placement.Node].Take(placement);
        }

        victims = enough ? chosen : [];
        return enough;
    }

    private IEnumerable<Workload> Candidates(IEnumerable<Workload> running, bool withinQuota, DateTimeOffset now) => running
        .Where(workload => workload.Preemptible
            && !(workload.GuaranteedRuntimeEndsAt > now)
            && workload.LivePods.Any(pod => !pod.Stopping)
            && (IsOwn(workload) ? workload.Priority < queue.Priority : withinQuota))
        .OrderBy(workload => IsOwn(workload) != _mustFree > 0)
        .ThenBy(workload => workload.Priority)
        .ThenByDescending(workload => workload.PhaseUpdatedAt)
        .ThenByDescending(workload => workload.Sequence);

    private bool IsOwn(Workload workload) => workload.ProjectId == queue.Project.Id;

    /// <summary>Whether the candidate's project is still over its quota with what was freed so far.</summary>
    private bool HoldsTooMuch(Workload candidate)
    {
        var project = organisation.ProjectById(candidate.ProjectId)!;
        var held = ledger.Allocated(project, pool).Gpu
            - _freed.Where(entry => entry.Owner.ProjectId == project.Id).Sum(entry => entry.Placement.Gpu);
        return held > QuotaLedger.Deserved(project, pool);
    }

    private void Free(Workload owner, IEnumerable<Pod> pods)
    {
        foreach (var pod in pods)
        {
            nodes[pod.Placement.Node].Release(pod.Placement);
            _freed.Add((owner, pod.Placement));
        }
    }

    /// <summary>Leaves alone each victim whose room turns out not to be needed.</summary>
    private void Spare(List<Workload> chosen)
    {
        foreach (var victim in chosen.ToList())
        {
            var places = _freed.Where(entry => entry.Owner == victim).ToList();
            places.ForEach(place => nodes[place.Placement.Node].Take(place.Placement));
            _freed.RemoveAll(entry => entry.Owner == victim);
            if (IsEnough())
            {
                chosen.Remove(victim);
                continue;
            }

            places.ForEach(place => nodes[place.Placement.Node].Release(place.Placement));
            _freed.AddRange(places);
        }
    }

    private bool IsEnough()
    {
        if (_freed.Where(entry => IsOwn(entry.Owner)).Sum(entry => entry.Placement.Gpu) < _mustFree
            || Fit.Take(pool, queue.Request) is not { } placements)
        {
            return false;
        }

        foreach (var placement in placements)
        {
            nodes[placement.Node].Release(placement);
        }

        return true;
    }
}
