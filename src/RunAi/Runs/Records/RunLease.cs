namespace RunAi.Runs;

/// <summary>
/// The right to send the request of one attempt, held by whoever created the last entry of the run's record. It goes stale: whoever holds
/// it renews it while a request is under way, by the next entry, and gives the request up when that does not succeed in time.
/// </summary>
internal sealed class RunLease : IDisposable
{
    /// <summary>A request is begun at the latest so long after the last entry was made.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);

    /// <summary>The time between two entries while a request is under way.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);

    /// <summary>A request is given up before the last entry that could be made is so old.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

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

    /// <summary>True when another submission has taken over, so that nothing more may be sent.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Makes sure that the right is held still; false when another submission has taken over.</summary>
    public async Task<bool> RenewAsync(CancellationToken ct)
    {
        if (_time.GetElapsedTime(_since) > Fresh)
        {
            await RenewNowAsync(ct).ConfigureAwait(false);
        }

        return !IsLost;
    }

    /// <summary>Does a request and holds the right meanwhile.</summary>
    /// <param name="request">The request; its token ends when the right is lost, or could not be renewed in time.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="OperationCanceledException">The right was lost or not renewed in time, or the token has ended.</exception>
    public async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken ct)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var gate = new object();
        var renewing = Task.CompletedTask;
        var isOver = false;
        using var timer = _time.CreateTimer(_ => Tick(), null, Renewal, Renewal);
        try
        {
            return await request(held.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (gate)
            {
                isOver = true;
            }

            over.Cancel();
            await renewing.ConfigureAwait(false);
        }

        void Tick()
        {
            lock (gate)
            {
                if (isOver)
                {
                    return;
                }

                if (IsLost || _time.GetElapsedTime(_since) > Longest - Renewal)
                {
                    held.Cancel();
                }
                else if (renewing.IsCompleted)
                {
                    renewing = RenewQuietlyAsync(held.Cancel, over.Token);
                }
            }
        }
    }

    public void Dispose() => RunOwners.Release(Record.Claim!);

    /// <summary>A store that is in trouble may be well again before the right is stale.</summary>
    private async Task RenewQuietlyAsync(Action giveUp, CancellationToken over)
    {
        try
        {
            await RenewNowAsync(over).ConfigureAwait(false);
            if (IsLost)
            {
                giveUp();
            }
        }
        catch (Exception e) when (e is RunAiException || (e is OperationCanceledException && over.IsCancellationRequested))
        {
            return;
        }
    }

    private async Task RenewNowAsync(CancellationToken ct)
    {
        var now = _time.GetTimestamp();
        IsLost = !await _journal.TryClaimAsync(Record, _next, ct).ConfigureAwait(false);
        if (!IsLost)
        {
            (_next, _since) = (_next + 1, now);
        }
    }
}
