using System.Runtime.ExceptionServices;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>
/// All workloads that are followed through one poller, who follows them, and what the last poll gave. A row that shows no change costs a
/// comparison and is not kept. Safe to use from several threads.
/// </summary>
internal sealed class PollState
{
    private readonly object _lock = new();
    private readonly Dictionary<string, TrackedWorkload> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids that must be told about whether or not they changed, each by a poll that begins after the one of this number.</summary>
    private readonly Dictionary<string, long> _refresh = new(StringComparer.OrdinalIgnoreCase);

    private string? _prefix;
    private bool _prefixIsOld;
    private bool _hasAdded;
    private long _started;
    private long _finished;
    private DateTimeOffset _serverTime;
    private ExceptionDispatchInfo? _failure;
    private TaskCompletionSource<bool> _news = NewsToCome();

    /// <summary>How many polls have begun.</summary>
    public long PollsStarted => Locked(() => _started);

    public int Count => Locked(() => _entries.Count);

    /// <summary>Adds a subscriber.</summary>
    /// <param name="requests">What it follows.</param>
    /// <param name="baseUrl">The control plane's address, for links.</param>
    public PollInbox Subscribe(IReadOnlyCollection<WatchRequest> requests, string baseUrl)
    {
        lock (_lock)
        {
            var inbox = new PollInbox(baseUrl, _started);
            foreach (var request in requests)
            {
                if (!_entries.TryGetValue(request.WorkloadId, out var entry))
                {
                    _entries[request.WorkloadId] = entry = new TrackedWorkload(request.Name == request.WorkloadId ? null : request.Name);
                }

                entry.Subscribers.Add(inbox);
                entry.FirstPoll = _started;
                entry.Forget();
            }

            _hasAdded |= requests.Count > 0;
            _prefixIsOld = true;
            return inbox;
        }
    }

    /// <summary>Follows a workload no longer.</summary>
    public void Unsubscribe(PollInbox inbox, string id)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var entry) && entry.Subscribers.Remove(inbox))
            {
                inbox.Forget(id);
                if (entry.Subscribers.Count == 0)
                {
                    _entries.Remove(id);
                    _refresh.Remove(id);
                }
            }
        }
    }

    /// <summary>Follows no workload any longer.</summary>
    public void UnsubscribeAll(PollInbox inbox)
    {
        var ids = Locked(() => _entries.Where(entry => entry.Value.Subscribers.Contains(inbox)).Select(entry => entry.Key).ToArray());
        foreach (var id in ids)
        {
            Unsubscribe(inbox, id);
        }
    }

    /// <summary>Has a poll that begins from now on tell about workloads whether or not they changed.</summary>
    public void RequestRefresh(PollInbox inbox, IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var id in ids.Where(_entries.ContainsKey))
            {
                _refresh[id] = _started;
            }

            inbox.LastDelivered = _started;
        }
    }

    /// <summary>The ids that must be told about whether or not they changed.</summary>
    public IReadOnlyList<string> RefreshRequested() => Locked(() => _refresh.Keys.ToArray());

    public IReadOnlyList<string> Ids() => Locked(() => _entries.Keys.ToArray());

    /// <summary>True once after something was added.</summary>
    public bool TakeHasAdded()
    {
        lock (_lock)
        {
            var had = _hasAdded;
            _hasAdded = false;
            return had;
        }
    }

    /// <summary>The name of a workload, or null while it is not known.</summary>
    public string? NameOf(string id) => Locked(() => _entries.TryGetValue(id, out var entry) ? entry.Name : null);

    /// <summary>What all names begin with, if that is worth a filter.</summary>
    public string? Prefix()
    {
        lock (_lock)
        {
            if (_prefixIsOld)
            {
                _prefixIsOld = false;
                _prefix = NamePrefix.Of(_entries.Values.Select(entry => entry.Name));
            }

            return _prefix;
        }
    }

    /// <summary>Begins a poll.</summary>
    /// <returns>Its number.</returns>
    public long Begin() => Locked(() => ++_started);

    /// <summary>Applies a row, and passes it on to who follows its workload if it is news.</summary>
    public RowChange Apply(WorkloadRecord record, long poll)
    {
        lock (_lock)
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
            if (entry.Observe(record, poll) is not { } news)
            {
                return RowChange.Unconfirmed;
            }

            var isRequested = _refresh.TryGetValue(record.Id, out var laterThan) && laterThan < poll && _refresh.Remove(record.Id);
            if (isRequested || news || wasMissed)
            {
                entry.Subscribers.ForEach(inbox => inbox.Deliver(record.Id, record, poll));
            }

            return news && before is not null && before != record.PhaseUpdatedAt ? RowChange.Changed : RowChange.Unchanged;
        }
    }

    /// <summary>Tells who follows it that a poll did not find a workload.</summary>
    public void MarkMissing(string id)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.MissCount++;
                entry.Subscribers.ForEach(inbox => inbox.DeliverMissing(id));
            }
        }
    }

    /// <summary>Those that a poll of everything did not find, with the number of such polls in a row before it.</summary>
    public IReadOnlyList<(string Id, int Misses)> NotObserved(long poll) => Locked(() => _entries
        .Where(entry => entry.Value.LastPoll < poll && entry.Value.FirstPoll < poll)
        .Select(entry => (entry.Key, entry.Value.MissCount)).ToArray());

    /// <summary>Ends a poll.</summary>
    /// <param name="poll">Its number.</param>
    /// <param name="serverTime">The server's time at it; null when it failed.</param>
    /// <param name="failure">What every subscriber gets in place of a result; null when it succeeded.</param>
    public void Finish(long poll, DateTimeOffset? serverTime, Exception? failure)
    {
        TaskCompletionSource<bool> news;
        lock (_lock)
        {
            (_finished, _serverTime) = (poll, serverTime ?? _serverTime);
            _failure = failure is null ? null : ExceptionDispatchInfo.Capture(failure);
            (news, _news) = (_news, NewsToCome());
        }

        news.TrySetResult(true);
    }

    /// <summary>What the last poll gave a subscriber; null when it had that already. The failure of that poll is thrown.</summary>
    public PollResult? TakeReady(PollInbox inbox)
    {
        lock (_lock)
        {
            if (!IsReady(inbox))
            {
                return null;
            }

            if (_failure is { } failure)
            {
                inbox.LastDelivered = _finished;
                failure.Throw();
            }

            return inbox.TakeResult(_finished, _serverTime);
        }
    }

    /// <summary>Ends with the next poll; ended already when the last one has something for the subscriber.</summary>
    public Task NewsFor(PollInbox inbox) => Locked(() => IsReady(inbox) ? Task.CompletedTask : _news.Task);

    private bool IsReady(PollInbox inbox) => _finished > inbox.LastDelivered;

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    private static TaskCompletionSource<bool> NewsToCome() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
