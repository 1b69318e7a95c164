using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Redaction;
using RunAi.Wording;

namespace RunAi.Runs.Retries;

/// <summary>
/// Follows a run from attempt to attempt: when one failed and the run's policy gives it another, waits until that is due and makes it, or
/// takes the one that another waiter made. All that it goes by stands in the run's record, so that it can be ended at any time and gone on
/// with on any machine.
/// </summary>
internal sealed class RunAttempts
{
    private static readonly GrowingPause Pauses = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));

    private readonly AttemptMaker _maker;
    private readonly RunJournal _journal;
    private readonly ControlPlaneSession _session;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    /// <param name="context">What the work goes by.</param>
    /// <param name="store">The run's store; null for a run without the step runner.</param>
    public RunAttempts(RunContext context, IArtifactStore? store)
    {
        _maker = new AttemptMaker(context, store);
        (_journal, _session, _time, _log) = (context.Journal, context.Client.Session, context.Time, context.Log);
    }

    /// <summary>The attempt that is attended; null while none is, as between two attempts.</summary>
    public StepRun? Attended { get; private set; }

    /// <summary>The run once it has ended for good; null before.</summary>
    public StepRun? Ended { get; private set; }

    /// <summary>The number of the attempt whose workload there may be by now.</summary>
    public int AttemptNumber => Attended?.Attempt ?? _maker.Plan?.Attempt ?? 1;

    /// <summary>The name of the workload that there may be by now; null between two attempts.</summary>
    public string? WorkloadName => Attended?.WorkloadName ?? (_maker.Plan is { IsSent: true } sent ? sent.WorkloadName : null);

    /// <summary>Follows a run to its end.</summary>
    /// <param name="run">The run. One whose attempt is over is gone on with at once.</param>
    /// <param name="attend">Waits for the end of an attempt; gives its failure, or null for a success.</param>
    /// <param name="ct">Ends the following; what there is goes on.</param>
    /// <param name="failure">The failure of an attempt that is over, where it is known.</param>
    /// <returns>The run at its end, and the failure of its last attempt.</returns>
    public async Task<(StepRun Run, RunAiException? Failure)> FollowAsync(
        StepRun run, Func<StepRun, CancellationToken, Task<RunAiException?>> attend, CancellationToken ct, RunAiException? failure = null)
    {
        while (true)
        {
            if (!run.HasNextAttempt && !IsOver(run))
            {
                Attended = run;
                failure = await attend(run, ct).ConfigureAwait(false);
                Attended = null;
                Ended = run.HasNextAttempt ? null : run;
            }

            failure ??= EndedRunErrors.FailureOf(run);
            if (failure is not null && run.Verdict is { } verdict)
            {
                Tell(run, failure, verdict);
            }

            // What has no other attempt is over at once, also while the store does not answer.
            if (!run.HasNextAttempt || await NextAsync(run, ct).ConfigureAwait(false) is not { } next)
            {
                return (run, failure ?? (run.HasNextAttempt ? AttemptMaker.RunIsGone(run.RunId) : null));
            }

            (run, failure) = (next, null);
        }
    }

    /// <summary>The run with its next attempt; null when there is none.</summary>
    private async Task<StepRun?> NextAsync(StepRun run, CancellationToken ct)
    {
        _maker.Forget();
        var after = run is { NextAttemptAt: not null, WorkloadId: null } ? run.Attempt - 1 : run.Attempt;
        var trouble = new Trouble(_log);
        for (var pause = Pauses.First; ; pause = Pauses.After(pause))
        {
            try
            {
                var (last, _) = await _journal.ReadAsync(run.RunId, ct).ConfigureAwait(false);
                if (last is null)
                {
                    return null;
                }

                if (last.Attempt == after && !last.IsOver && run.Verdict is { } verdict)
                {
                    // The end could not be recorded when it came.
                    var entry = last.With(run, run.Message);
                    (entry.Verdict, entry.Cause) = (verdict, verdict.Cause);
                    await _journal.AppendAsync(entry, ct).ConfigureAwait(false);
                    await _time.DelayAsync(pause, ct).ConfigureAwait(false);
                    continue;
                }

                if (IsThere(last, after))
                {
                    return last.ToRun(run.ArtifactStore);
                }

                if (last.State != StepRunState.Submitting && !await MayBeginAsync(last, after, ct).ConfigureAwait(false))
                {
                    return null;
                }

                return (await _maker.MakeAsync(last, after, ct).ConfigureAwait(false)).ToRun(run.ArtifactStore);
            }
            catch (RunAiException e) when (Passes(e))
            {
                trouble.Happened(after + 1, run.RunId, e);
            }

            await _time.DelayAsync(pause, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the next attempt is due; false when there is none.</summary>
    private async Task<bool> MayBeginAsync(RunRecord last, int after, CancellationToken ct)
    {
        if (last.Attempt <= after)
        {
            if (last.Verdict is not { IsDue: true } verdict)
            {
                return false;
            }

            await _time.DelayAsync(verdict.At - _session.ServerTime, ct).ConfigureAwait(false);
        }

        var now = _session.ServerTime;
        if (last.Retry?.TooLate(RetryHistory.Of(last, now), now) is not { } late)
        {
            return true;
        }

        _log.Warning($"Run {last.RunId} gets no further attempt. {late}");
        return false;
    }

    private void Tell(StepRun run, RunAiException failure, RetryVerdict verdict)
    {
        var what =
            $"Attempt {run.Attempt} of step '{run.StepName}' (run {run.RunId}) failed. {CleanText.Of(failure.Message.Split('\n')[0])}";
        var rest = verdict.At - _session.ServerTime;
        _log.Warning(!verdict.IsDue ? $"{what} It is not tried again. {verdict.Why}"
            : $"{what} {verdict.Why} Attempt {run.Attempt + 1} follows {(rest > TimeSpan.Zero ? $"in {Durations.Text(rest)}" : "now")}.");
    }

    /// <summary>Whether a later attempt has a workload already.</summary>
    private static bool IsThere(RunRecord last, int after) =>
        last.Attempt > after && last.State != StepRunState.Submitting && !last.NeverStarted;

    private static bool IsOver(StepRun run) =>
        run.State is StepRunState.Succeeded or StepRunState.Failed or StepRunState.TimedOut or StepRunState.Deleted;

    /// <summary>Trouble that lengthens the wait, as it does while a workload is waited for: no answer, and not a refusal.</summary>
    private static bool Passes(RunAiException e) =>
        e.ErrorId is ErrorIds.ControlPlaneUnreachable or ErrorIds.SubmissionUncertain or ErrorIds.ArtifactStoreUnreachable
        || e is RunAiApiException { StatusCode: 408 or 429 or >= 500 };

    /// <summary>Tells the first trouble as a warning, and what follows for those who look closer.</summary>
    private sealed class Trouble(IActivityLog log)
    {
        private bool _told;

        public void Happened(int attempt, string runId, RunAiException e)
        {
            var line = $"Attempt {attempt} of run {runId} cannot be made now; it is tried again. ({Reason.Of(e)})";
            if (_told)
            {
                log.Debug(line);
                return;
            }

            _told = true;
            log.Warning(line);
        }
    }
}
