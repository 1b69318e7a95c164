using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>
/// All workloads that are followed through one hub. A look goes by what changed: what did not costs a comparison and nothing that is
/// kept. Guarded by the hub's gate.
/// </summary>
internal sealed class PollState
{
    private const int ShortestPrefix = 4;
    private readonly object _gate;
    private readonly Dictionary<string, TrackedWorkload> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids that must be told about whether or not they changed, each by a look that begins after the one of this number.</summary>
    private readonly Dictionary<string, long> _wanted = new(StringComparer.OrdinalIgnoreCase);

    private string? _prefix;
    private bool _prefixIsOld;
    private bool _hasNew;

    public PollState(object gate) => _gate = gate;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public void Add(PollSubscription follower, IReadOnlyCollection<WatchRequest> requests)
    {
        foreach (var request in requests)
        {
            if (!_entries.TryGetValue(request.WorkloadId, out var entry))
            {
                _entries[request.WorkloadId] = entry = new TrackedWorkload(request.Name == request.WorkloadId ? null : request.Name);
            }

            entry.Subscribers.Add(follower);
            entry.FirstPoll = follower.LastDelivered;
            entry.Forget();
        }

        _hasNew |= requests.Count > 0;
        _prefixIsOld = true;
    }

    public void Remove(PollSubscription follower, string id)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.Subscribers.Remove(follower))
        {
            follower.Forget(id);
            if (entry.Subscribers.Count == 0)
            {
                _entries.Remove(id);
                _wanted.Remove(id);
            }
        }
    }

    public void RemoveAll(PollSubscription follower)
    {
        foreach (var id in _entries.Where(e => e.Value.Subscribers.Contains(follower)).Select(e => e.Key).ToArray())
        {
            Remove(follower, id);
        }
    }

    public void RequestRefresh(IEnumerable<string> ids, long laterThan)
    {
        foreach (var id in ids.Where(_entries.ContainsKey))
        {
            _wanted[id] = laterThan;
        }
    }

    /// <summary>The ids that must be told about whether or not they changed.</summary>
    public IReadOnlyList<string> RefreshRequested()
    {
        lock (_gate)
        {
            return _wanted.Count == 0 ? [] : [.. _wanted.Keys];
        }
    }

    public IReadOnlyList<string> Ids()
    {
        lock (_gate)
        {
            return [.. _entries.Keys];
        }
    }

    /// <summary>True once after something was added.</summary>
    public bool TakeHasAdded()
    {
        lock (_gate)
        {
            var had = _hasNew;
            _hasNew = false;
            return had;
        }
    }

    /// <summary>The name of a workload, or null while it is not known.</summary>
    public string? NameOf(string id)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(id, out var entry) ? entry.Name : null;
        }
    }

    /// <summary>What all names begin with, if that is worth a filter.</summary>
    public string? Prefix()
    {
        lock (_gate)
        {
            if (_prefixIsOld)
            {
                _prefixIsOld = false;
                _prefix = CommonPrefix();
            }

            return _prefix;
        }
    }

    /// <summary>Takes a row in and passes it on to who follows it, if it is news.</summary>
    public RowChange Apply(WorkloadRecord record, long look)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(record.Id, out var entry))
            {
                return RowChange.NotTracked;
            }

            if (entry.Name != record.Name)
            {
                entry.Name = record.Name;
                _prefixIsOld = true;
            }

            var (before, wasMissed) = (entry.UpdatedAt, entry.MissCount > 0);
            if (entry.Observe(record, look) is not { } news)
            {
                return RowChange.Unconfirmed;
            }

            var isWanted = _wanted.TryGetValue(record.Id, out var laterThan) && laterThan < look && _wanted.Remove(record.Id);
            if (isWanted || news || wasMissed)
            {
                entry.Subscribers.ForEach(subscriber => subscriber.Deliver(record.Id, record, look));
            }

            return news && before is not null && before != record.PhaseUpdatedAt ? RowChange.Changed : RowChange.Unchanged;
        }
    }

    /// <summary>Tells who follows it that a look did not find a workload.</summary>
    public void MarkMissing(string id)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.MissCount++;
                entry.Subscribers.ForEach(subscriber => subscriber.DeliverMissing(id));
            }
        }
    }

    /// <summary>Those that a look at everything did not find, with the number of such looks in a row before it.</summary>
    public IReadOnlyList<(string Id, int Misses)> NotObserved(long look)
    {
        lock (_gate)
        {
            List<(string, int)>? unseen = null;
            foreach (var entry in _entries)
            {
                if (entry.Value.LastPoll < look && entry.Value.FirstPoll < look)
                {
                    (unseen ??= []).Add((entry.Key, entry.Value.MissCount));
                }
            }

            return unseen ?? (IReadOnlyList<(string, int)>)[];
        }
    }

    private string? CommonPrefix()
    {
        string? common = null;
        foreach (var entry in _entries.Values)
        {
            if (entry.Name is not { } name)
            {
                return null;
            }

            common ??= name;
            var length = 0;
            while (length < common.Length && length < name.Length && common[length] == name[length])
            {
                length++;
            }

            if (length < ShortestPrefix)
            {
                return null;
            }

            common = common.Substring(0, length);
        }

        return common is { Length: >= ShortestPrefix } ? common : null;
    }
}
