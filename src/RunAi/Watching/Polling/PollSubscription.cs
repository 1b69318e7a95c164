using RunAi.ControlPlane.Wire;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>One waiter at a <see cref="WorkloadPoller"/>: its way to look, and what looks have shown that it has not taken in yet.</summary>
internal sealed class PollSubscription : IWorkloadSubscription
{
    private readonly WorkloadPoller _hub;
    private readonly string _baseUrl;
    private readonly Dictionary<string, (WorkloadRecord? Record, long Look)> _mail = new(StringComparer.OrdinalIgnoreCase);

    public PollSubscription(WorkloadPoller hub, IWorkloadLister lister, string baseUrl)
    {
        _hub = hub;
        _baseUrl = baseUrl;
        Lister = lister;
    }

    public IWorkloadLister Lister { get; }

    /// <summary>The number of the look that does not serve any more: had already, or begun before what it must tell was asked.</summary>
    public long LastDelivered { get; set; }

    public Task<PollResult> PollAsync(IReadOnlyCollection<string> closely, CancellationToken cancellationToken) =>
        _hub.PollAsync(this, closely, cancellationToken);

    public Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken) => _hub.SleepAsync(this, atMost, cancellationToken);

    public void Unsubscribe(string id) => _hub.Unsubscribe(this, id);

    public void Dispose() => _hub.UnsubscribeAll(this);

    /// <summary>Takes what a look showed, in place of what an earlier one did. Under the hub's gate.</summary>
    public void Deliver(string id, WorkloadRecord record, long look) => _mail[id] = (record, look);

    /// <summary>
    /// Takes in that a look did not find it. A sight that was not taken in yet weighs more: it may be news, and ends a row of misses.
    /// Under the hub's gate.
    /// </summary>
    public void DeliverMissing(string id)
    {
        if (!_mail.ContainsKey(id))
        {
            _mail[id] = (null, 0);
        }
    }

    /// <summary>Forgets a workload. Under the hub's gate.</summary>
    public void Forget(string id) => _mail.Remove(id);

    /// <summary>Hands out what came since the last time. Under the hub's gate.</summary>
    /// <param name="look">The number of the last look.</param>
    /// <param name="serverTime">The server's time at it.</param>
    public PollResult TakeResult(long look, DateTimeOffset serverTime)
    {
        List<Workload> found = [];
        List<string> missing = [], late = [];
        foreach (var piece in _mail)
        {
            if (piece.Value.Record is { } record)
            {
                found.Add(record.ToWorkload(_baseUrl));
                if (piece.Value.Look < look)
                {
                    late.Add(piece.Key);
                }
            }
            else
            {
                missing.Add(piece.Key);
            }
        }

        _mail.Clear();
        return new PollResult(serverTime, found, missing, late);
    }
}
