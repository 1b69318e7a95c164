using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>The workloads that are waited for still, by id, with a count of their phases that is kept and not made anew for each look.</summary>
internal sealed class OpenWorkloads
{
    private const int FewWaiting = 3;
    private readonly Dictionary<string, WatchedWorkload> _open;
    private readonly Dictionary<string, int> _phases = new(StringComparer.Ordinal);

    public OpenWorkloads(IEnumerable<WatchRequest> requests)
    {
        _open = requests.ToDictionary(one => one.WorkloadId, one => new WatchedWorkload(one), StringComparer.OrdinalIgnoreCase);
        Count("", _open.Count);
    }

    public int Number => _open.Count;

    public WatchedWorkload? Find(string id) => _open.TryGetValue(id, out var one) ? one : null;

    public bool See(WatchedWorkload one, Workload workload, DateTimeOffset serverNow, IActivityLog log)
    {
        var before = one.Phase;
        var changed = one.See(workload, serverNow, log);
        if (changed)
        {
            Count(before, -1);
            Count(one.Phase, 1);
        }

        return changed;
    }

    public void Remove(WatchedWorkload one)
    {
        if (_open.Remove(one.Id))
        {
            Count(one.Phase, -1);
        }
    }

    /// <summary>The ids of those that must be seen as they are now.</summary>
    public IReadOnlyCollection<string> NeedSight(DateTimeOffset serverNow)
    {
        List<string>? ids = null;
        foreach (var one in _open)
        {
            if (one.Value.NeedsSight(serverNow))
            {
                (ids ??= []).Add(one.Key);
            }
        }

        return ids ?? (IReadOnlyCollection<string>)[];
    }

    /// <summary>The time until the next clock of any of them runs out; null when none ticks.</summary>
    public TimeSpan? NextExpiry(DateTimeOffset serverNow)
    {
        DateTimeOffset? next = null;
        foreach (var one in _open)
        {
            if (one.Value.Due is { } due && due > serverNow && !(next <= due))
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
                ? [.. _open.Values.Where(one => WorkloadPhases.IsWaitingToRun(one.Phase)).Take(FewWaiting).Select(one => one.Progress(serverNow))]
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
