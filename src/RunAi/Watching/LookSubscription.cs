using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>One waiter at a <see cref="LookHub"/>: its way to look, and what looks have shown that it has not taken in yet.</summary>
internal sealed class LookSubscription : IWorkloadSubscription
{
    private readonly LookHub _hub;
    private readonly string _baseUrl;
    private readonly Dictionary<string, (WorkloadRecord? Record, long Look)> _mail = new(StringComparer.OrdinalIgnoreCase);

    public LookSubscription(LookHub hub, IWorkloadLister lister, string baseUrl)
    {
        _hub = hub;
        _baseUrl = baseUrl;
        Lister = lister;
    }

    public IWorkloadLister Lister { get; }

    /// <summary>The number of the look that does not serve any more: had already, or begun before what it must tell was asked.</summary>
    public long NeedsLaterThan { get; set; }

    public Task<Look> LookAsync(IReadOnlyCollection<string> closely, CancellationToken cancellationToken) =>
        _hub.LookAsync(this, closely, cancellationToken);

    public Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken) => _hub.SleepAsync(this, atMost, cancellationToken);

    public void Leave(string id) => _hub.Leave(this, id);

    public void Dispose() => _hub.LeaveAll(this);

    /// <summary>Takes what a look showed, in place of what an earlier one did. Under the hub's gate.</summary>
    public void Put(string id, WorkloadRecord record, long look) => _mail[id] = (record, look);

    /// <summary>
    /// Takes in that a look did not find it. A sight that was not taken in yet weighs more: it may be news, and ends a row of misses.
    /// Under the hub's gate.
    /// </summary>
    public void Miss(string id)
    {
        if (!_mail.ContainsKey(id))
        {
            _mail[id] = (null, 0);
        }
    }

    /// <summary>Forgets a workload. Under the hub's gate.</summary>
    public void Drop(string id) => _mail.Remove(id);

    /// <summary>Hands out what came since the last time. Under the hub's gate.</summary>
    /// <param name="look">The number of the last look.</param>
    /// <param name="serverTime">The server's time at it.</param>
    public Look Empty(long look, DateTimeOffset serverTime)
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
        return new Look(serverTime, found, missing, late);
    }
}
