using RunAi.ControlPlane.Wire;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>What polls have shown one subscriber that it has not taken yet. Only <see cref="PollState"/> uses it, under its lock.</summary>
internal sealed class PollInbox
{
    private readonly string _baseUrl;
    private readonly Dictionary<string, (WorkloadRecord? Record, long Poll)> _mail = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="baseUrl">The control plane's address, for links.</param>
    /// <param name="lastDelivered">The number of the last poll that began before the subscription.</param>
    public PollInbox(string baseUrl, long lastDelivered) => (_baseUrl, LastDelivered) = (baseUrl, lastDelivered);

    /// <summary>The number of the poll that is of no more use: it was taken, or began before a refresh was asked for.</summary>
    public long LastDelivered { get; set; }

    /// <summary>Takes what a poll showed, in place of what an earlier one did.</summary>
    public void Deliver(string id, WorkloadRecord record, long poll) => _mail[id] = (record, poll);

    /// <summary>
    /// Takes that a poll did not find a workload. A row that was not taken yet weighs more: it may be news, and ends a row of misses.
    /// </summary>
    public void DeliverMissing(string id)
    {
        if (!_mail.ContainsKey(id))
        {
            _mail[id] = (null, 0);
        }
    }

    /// <summary>Forgets a workload.</summary>
    public void Forget(string id) => _mail.Remove(id);

    /// <summary>Hands out what came since the last time.</summary>
    /// <param name="poll">The number of the last poll.</param>
    /// <param name="serverTime">The server's time at it.</param>
    public PollResult TakeResult(long poll, DateTimeOffset serverTime)
    {
        LastDelivered = poll;
        List<Workload> found = [];
        List<string> missing = [], deferred = [];
        foreach (var piece in _mail)
        {
            if (piece.Value.Record is { } record)
            {
                found.Add(record.ToWorkload(_baseUrl));
                if (piece.Value.Poll < poll)
                {
                    deferred.Add(piece.Key);
                }
            }
            else
            {
                missing.Add(piece.Key);
            }
        }

        _mail.Clear();
        return new PollResult(serverTime, found, missing, deferred);
    }
}
