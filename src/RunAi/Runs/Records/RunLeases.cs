namespace RunAi.Runs;

/// <summary>
/// Decides who submits a run. Creating the next entry of the record is the decision: the store lets one of many create it. Who comes second
/// waits for the workload's id; when the first is gone, or silent for so long that a request of it cannot come any more, the next entry is
/// created in its place, and the workload is asked for by name before anything is sent.
/// </summary>
internal sealed class RunLeases
{
    /// <summary>
    /// How long a silent submission is waited for: longer than <see cref="RunLease.Fresh"/> and the longest that one request can take with
    /// its repetitions.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>By how much the clocks of two machines may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly RunJournal _journal;
    private readonly RunOwners _owners;
    private readonly TimeProvider _time;

    public RunLeases(RunContext context) => (_journal, _owners, _time) = (context.Journal, context.Owners, context.Time);

    /// <summary>Claims a run, or finds the one that is there.</summary>
    /// <param name="wanted">The entry to make.</param>
    /// <param name="countsAnew">True when the user asks for another attempt, so that its retries are counted from it on.</param>
    /// <param name="nameOf">The workload's name for an attempt.</param>
    /// <param name="wantsMore">Whether the run of an entry gets another attempt; false to take it as it is.</param>
    /// <param name="ct">Ends the wait for another submission.</param>
    /// <returns>The claim; or null and the last entry of the run that is there.</returns>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: the run that is there was asked to do something else.</exception>
    public async Task<(RunLease? Claim, RunRecord Last)> AcquireAsync(
        RunRecord wanted, bool countsAnew, Func<int, string> nameOf, Func<RunRecord, CancellationToken, Task<bool>> wantsMore, CancellationToken ct)
    {
        var patience = new Patience(_time);
        while (true)
        {
            var since = _time.GetTimestamp();
            var (last, next) = await _journal.ReadAsync(wanted.RunId, ct).ConfigureAwait(false);
            if (last is not null && last.State != StepRunState.Submitting && !last.NeverStarted)
            {
                if (!await wantsMore(last, ct).ConfigureAwait(false))
                {
                    return (null, last);
                }

                wanted.Attempt = last.Attempt + 1;
            }
            else if (last is { State: StepRunState.Submitting })
            {
                RunConflict.ThrowIfOther(last, wanted);
                wanted.Attempt = last.Attempt;
                if (!MayTakeOver(last, patience.Since(next)))
                {
                    await _time.DelayAsync(patience.Pause(), ct).ConfigureAwait(false);
                    continue;
                }
            }
            else
            {
                wanted.Attempt = last?.Attempt ?? 1;
            }

            wanted.WorkloadName = nameOf(wanted.Attempt);
            if (last is not null)
            {
                wanted.ContinueFrom(last, countsAnew);
            }

            if (await TryClaimAsync(wanted, next, since, last, ct).ConfigureAwait(false) is { } claim)
            {
                return (claim, wanted);
            }
        }
    }

    /// <summary>Takes the place of the submission that made the last entry, if it is gone; null while it may be at work, or when another was faster.</summary>
    public async Task<RunLease?> TryTakeOverAsync(RunRecord last, int next, CancellationToken ct)
    {
        var since = _time.GetTimestamp();
        return MayTakeOver(last, TimeSpan.Zero) ? await TryClaimAsync(last.Copy(), next, since, last, ct).ConfigureAwait(false) : null;
    }

    private async Task<RunLease?> TryClaimAsync(RunRecord wanted, int next, long since, RunRecord? last, CancellationToken ct)
    {
        (wanted.Claim, wanted.Owner) = (Guid.NewGuid().ToString("N"), _owners.Self);
        RunOwners.Hold(wanted.Claim);
        var claim = new RunLease(wanted, next, since, _journal, _time) { IsTakenOver = last is { State: StepRunState.Submitting } };
        var isOurs = false;
        try
        {
            isOurs = await _journal.TryClaimAsync(wanted, next, ct).ConfigureAwait(false);
            return isOurs ? claim : null;
        }
        finally
        {
            if (!isOurs)
            {
                claim.Dispose();
            }
        }
    }

    private bool MayTakeOver(RunRecord last, TimeSpan silent) => _owners.StateOf(last) switch
    {
        OwnerState.Gone => true,
        OwnerState.Alive => false,
        _ => silent > Lease || last.At + Lease + Skew < _time.GetUtcNow(),
    };

    /// <summary>How long the record has not changed, by the clock of the one who waits, and how often it is looked at.</summary>
    private sealed class Patience
    {
        private readonly TimeProvider _time;
        private TimeSpan _pause = FirstPause;
        private int _seen = -1;
        private long _since;

        public Patience(TimeProvider time) => _time = time;

        public TimeSpan Since(int next)
        {
            if (next != _seen)
            {
                (_seen, _since) = (next, _time.GetTimestamp());
            }

            return _time.GetElapsedTime(_since);
        }

        public TimeSpan Pause()
        {
            var pause = _pause;
            _pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            return pause;
        }
    }
}
