namespace RunAi.Runs;

/// <summary>
/// The right to send the request of one attempt, held by whoever created the last entry of the run's record. It goes stale: whoever would
/// send late has to renew it first, and finds out then whether another has taken over.
/// </summary>
internal sealed class RunLease : IDisposable
{
    /// <summary>A request is begun at the latest so long after its entry was made.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly RunJournal _journal;
    private readonly TimeProvider _time;
    private long _since;
    private int _next;

    public RunLease(RunRecord record, int sequence, long since, RunJournal journal, TimeProvider time)
    {
        Record = record;
        _next = sequence + 1;
        _since = since;
        _journal = journal;
        _time = time;
    }

    /// <summary>The entry.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>True when an earlier submission may have sent a request already.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>Makes sure that the right is held still; false when another submission has taken over.</summary>
    public async Task<bool> RenewAsync(CancellationToken ct)
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(_since, now) <= Fresh)
        {
            return true;
        }

        if (!await _journal.TryClaimAsync(Record, _next, ct).ConfigureAwait(false))
        {
            return false;
        }

        (_next, _since) = (_next + 1, now);
        return true;
    }

    public void Dispose() => RunOwners.Release(Record.Claim!);
}
