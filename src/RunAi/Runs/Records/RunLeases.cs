using System.Globalization;
using RunAi.Wording;

namespace RunAi.Runs;

/// <summary>
/// Decides who submits a run. Creating the next entry of the record is the decision: the store lets one of many create it. Who comes second
/// waits for the workload's id; when the first is gone, or silent for so long that a request of it cannot come any more, the next entry is
/// created in its place, and the workload is asked for by name before anything is sent.
/// </summary>
internal sealed class RunLeases
{
    /// <summary>
    /// How long a silent submission is waited for: longer than <see cref="RunLease.Longest"/>, after which it has given its request up, and
    /// what a request then still needs to have its effect.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    /// <summary>A submission takes a moment; only a longer wait is told.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromSeconds(5);

    /// <summary>By how much the clocks of two machines may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly GrowingPause Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    private readonly RunJournal _journal;
    private readonly RunOwners _owners;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    public RunLeases(RunContext context) => (_journal, _owners, _time, _log) = (context.Journal, context.Owners, context.Time, context.Log);

    /// <summary>Claims a run, or finds the one that is there.</summary>
    /// <param name="wanted">The entry to make.</param>
    /// <param name="countsAnew">True when the user asks for another attempt, so that its retries are counted from it on.</param>
    /// <param name="nameOf">The workload's name for an attempt.</param>
    /// <param name="wantsMore">Whether the run of an entry gets another attempt; false to take it as it is.</param>
    /// <param name="ct">Ends the wait for another submission.</param>
    /// <returns>The claim; or null and the last entry of the run that is there.</returns>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: the run that is there was asked to do something
    /// else.</exception>
    public async Task<(RunLease? Claim, RunRecord Last)> AcquireAsync(
        RunRecord wanted, bool countsAnew, Func<int, string> nameOf, Func<RunRecord, CancellationToken, Task<bool>> wantsMore,
        CancellationToken ct)
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
                    Tell(last, patience);
                    await _time.DelayAsync(patience.NextPause(), ct).ConfigureAwait(false);
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

    /// <summary>
    /// Takes the place of the submission that made the last entry, if it is gone; null while it may be at work, or when another was faster.
    /// </summary>
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

    /// <summary>Says once why nothing happens, and until when.</summary>
    private void Tell(RunRecord last, Patience patience)
    {
        if (patience.HasTold || patience.Waited < Untold)
        {
            return;
        }

        patience.HasTold = true;
        var who = $"Run {last.RunId} is just being submitted, or was when its submission died: by "
            + $"{last.Owner?.ToString() ?? "another process"}, since "
            + $"{last.At.ToUniversalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC.";
        if (_owners.StateOf(last) == OwnerState.Alive)
        {
            _log.Warning($"{who} That process is at work, and its workload is waited for.");
            return;
        }

        var rest = Lease - patience.Silent;
        var until = (_time.GetUtcNow() + rest).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        _log.Warning($"{who} Whether it still is cannot be seen from here. When its record has not changed until {until} UTC "
            + $"(in {Durations.Text(TimeSpan.FromSeconds(Math.Ceiling(rest.TotalSeconds)))}), this command takes over; until then a second "
            + "workload could come of it.");
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
        private readonly long _begun;
        private TimeSpan _pause;
        private int _seen = -1;
        private long _since;

        public Patience(TimeProvider time) => (_time, _begun) = (time, time.GetTimestamp());

        public bool HasTold { get; set; }

        public TimeSpan Waited => _time.GetElapsedTime(_begun);

        public TimeSpan Silent => _time.GetElapsedTime(_since);

        public TimeSpan Since(int next)
        {
            if (next != _seen)
            {
                (_seen, _since) = (next, _time.GetTimestamp());
            }

            return Silent;
        }

        public TimeSpan NextPause() => _pause = Pauses.After(_pause);
    }
}
