using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>
/// The workloads that are waited for still, by id, with a count of their phases that is kept and not made anew for each poll.
/// </summary>
internal sealed class PendingWorkloads
{
    private const int FewWaiting = 3;
    private readonly Dictionary<string, WatchedWorkload> _open;
    private readonly Dictionary<string, int> _phases = new(StringComparer.Ordinal);

    public PendingWorkloads(IEnumerable<WatchRequest> requests)
    {
        _open = requests.ToDictionary(
            request => request.WorkloadId, request => new WatchedWorkload(request), StringComparer.OrdinalIgnoreCase);
        Count("", _open.Count);
    }

    public int Remaining => _open.Count;

    /// <summary>What they are called.</summary>
    public IReadOnlyList<string> Names => [.. _open.Values.Select(watched => watched.Name)];

    /// <summary>
    /// Notes which of those that wait no node can ever hold, and adds them to those that are judged: no poll tells of it.
    /// </summary>
    public void MarkWhatNeverFits(Func<string, bool>? neverFits, HashSet<WatchedWorkload> touched)
    {
        if (neverFits is null || !_phases.Keys.Any(WorkloadPhases.IsWaitingToRun))
        {
            return;
        }

        foreach (var watched in _open.Values.Where(watched => !watched.NeverFits && watched.IsSeen
            && WorkloadPhases.IsWaitingToRun(watched.Phase) && neverFits(watched.Id)))
        {
            watched.NeverFits = true;
            touched.Add(watched);
        }
    }

    /// <summary>
    /// Has the use of GPUs measured of those that it matters for, and adds those whose GPUs idle, or do no longer, to those that are
    /// judged: no poll tells of it.
    /// </summary>
    public void MarkWhatIdles(GpuUseWatch? use, HashSet<WatchedWorkload> touched, DateTimeOffset serverNow)
    {
        if (use is not null)
        {
            touched.UnionWith(
                _open.Values.Where(watched => (watched.HasIdleLimit || _open.Count == 1) && watched.MarkIdle(use, serverNow)));
        }
    }

    public WatchedWorkload? Find(string id) => _open.TryGetValue(id, out var watched) ? watched : null;

    public bool Observe(WatchedWorkload watched, Workload workload, DateTimeOffset serverNow, IActivityLog log)
    {
        var before = watched.Phase;
        var changed = watched.Observe(workload, serverNow, log);
        if (changed)
        {
            Count(before, -1);
            Count(watched.Phase, 1);
        }

        return changed;
    }

    public void Remove(WatchedWorkload watched)
    {
        if (_open.Remove(watched.Id))
        {
            Count(watched.Phase, -1);
        }
    }

    /// <summary>The ids of those that must be seen as they are now.</summary>
    public IReadOnlyCollection<string> NeedRefresh(DateTimeOffset serverNow)
    {
        List<string>? ids = null;
        foreach (var pair in _open)
        {
            if (pair.Value.NeedsRefresh(serverNow))
            {
                (ids ??= []).Add(pair.Key);
            }
        }

        return ids ?? (IReadOnlyCollection<string>)[];
    }

    /// <summary>The time until the next time limit of any of them runs out; null when none ticks.</summary>
    public TimeSpan? NextExpiry(DateTimeOffset serverNow)
    {
        DateTimeOffset? next = null;
        foreach (var pair in _open)
        {
            if (pair.Value.Due is { } due && due > serverNow && !(next <= due))
            {
                next = due;
            }
        }

        return next - serverNow;
    }

    public WatchStatus Status(DateTimeOffset serverNow) =>
        new(_open.Count, _open.Count == 1 ? _open.Values.First().Progress(serverNow) : null, new Dictionary<string, int>(_phases))
        {
            Waiting = _phases.Keys.Any(WorkloadPhases.IsWaitingToRun)
                ? [.. _open.Values.Where(workload => WorkloadPhases.IsWaitingToRun(workload.Phase)).OrderBy(workload => workload.NeverFits)
                    .Take(FewWaiting).Select(workload => workload.Progress(serverNow))]
                : [],
        };

    private void Count(string phase, int more)
    {
        _phases.TryGetValue(phase, out var count);
        if (count + more == 0)
        {
            _phases.Remove(phase);
        }
        else
        {
            _phases[phase] = count + more;
        }
    }
}
