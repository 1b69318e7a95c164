using RunAi.Artifacts;
using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Runs.Retries;
using RunAi.Watching;

namespace RunAi.Runs;

/// <summary>
/// Says how a run ended: what the wait for its workload found out, and, for a run with a store, what its step runner left there. The result
/// in the store has the last word: a run that delivered everything succeeded, whatever became of its workload afterwards.
/// </summary>
internal sealed class RunFinalizer
{
    private readonly IArtifactStore? _store;
    private readonly RunJournal _journal;
    private readonly IActivityLog _log;
    private readonly Func<double> _random;

    /// <param name="store">The run's store; null for a run without one.</param>
    /// <param name="journal">Where the run is recorded.</param>
    /// <param name="log">Gets what goes wrong without ending anything.</param>
    /// <param name="random">Draws the waits before retries: a number from 0 to below 1; null for the usual one.</param>
    public RunFinalizer(IArtifactStore? store, RunJournal journal, IActivityLog log, Func<double>? random = null)
    {
        _random = random ?? RetryPolicy.Chance;
        _store = store;
        _journal = journal;
        _log = log;
    }

    /// <summary>True where the log was shown live, so that a failure need not repeat its end.</summary>
    public bool IsLogShown { get; init; }

    /// <summary>Brings the run up to its end and records that, and with a failure whether another attempt follows.</summary>
    /// <returns>The failure, or null for a run that succeeded.</returns>
    public async Task<RunAiException?> FinalizeAsync(StepRun run, WorkloadResult ending, CancellationToken ct)
    {
        ending = await WithSuspensionAsync(run, ending, ct).ConfigureAwait(false);
        ending.ApplyTo(run);
        var failure = RunFailures.Of(
            _store is null ? ending.Failure : await JudgeAsync(_store, run, ending, ct).ConfigureAwait(false), run);
        var record = await LastRecordAsync(run, ct).ConfigureAwait(false);
        if (record is not null)
        {
            run.Notify = record.Notify;
            await RecordAsync(record, run, ending, failure, ct).ConfigureAwait(false);
            await RememberAsync(record, run, ct).ConfigureAwait(false);
        }

        return failure;
    }

    /// <summary>The end with what the record tells of a suspension.</summary>
    private async Task<WorkloadResult> WithSuspensionAsync(StepRun run, WorkloadResult ending, CancellationToken ct) =>
        ending.Outcome.Kind == WatchOutcomeKind.Stopped
            && await LastRecordAsync(run, ct).ConfigureAwait(false) is { StoppedBy: { } stop } record && record.WorkloadId == run.WorkloadId
            ? ending.WithSuspension(stop.ToString(), stop.At)
            : ending;

    private async Task RecordAsync(RunRecord record, StepRun run, WorkloadResult ending, RunAiException? failure, CancellationToken ct)
    {
        run.Message = failure?.Message.Split('\n')[0];
        var isDecided = record is { IsOver: true, Verdict: not null } && record.Attempt == run.Attempt;
        if (failure is not null && (record.Attempt > run.Attempt || isDecided))
        {
            // Another waiter was faster: it has decided, and may have deleted the workload since, or made the next attempt.
            Decided(run, record);
            run.HasNextAttempt |= record.Attempt > run.Attempt;
            return;
        }

        var diagnosis = RunErrors.DiagnosisOf(failure);
        var entry = record.With(run, run.Message);
        (entry.Cause, entry.Verdict) =
            (diagnosis?.Cause, failure is null ? null : RetryVerdict.Of(record, run, diagnosis, ending.SeenAt, _random));
        Decided(run, entry);
        await _journal.AppendAsync(entry, ct).ConfigureAwait(false);
    }

    private static void Decided(StepRun run, RunRecord record)
    {
        var told = record.ToRun(null);
        (run.Verdict, run.HasNextAttempt, run.NextAttemptAt) = (told.Verdict, told.HasNextAttempt, told.NextAttemptAt);
    }

    private async Task<RunAiException?> JudgeAsync(IArtifactStore store, StepRun run, WorkloadResult ending, CancellationToken ct)
    {
        AttemptEvidence traces;
        try
        {
            traces = await AttemptEvidence.ReadAsync(store, run, ct).ConfigureAwait(false);
        }
        catch (ArtifactException trouble)
        {
            _log.Warning(
                $"The result of run {run.RunId} cannot be read now: {trouble.Message} Read it later with: Receive-RunAiStep {run.RunId}");
            return ending.Failure;
        }

        var (result, lines) = traces;
        if (result?.Outcome != RunOutcome.Succeeded)
        {
            ending = ending.With(result, lines);
        }

        if (result is null)
        {
            return ending.Failure is null
                ? NoResult(run, ending, lines)
                : RunErrors.With(ending.Failure, lines, IsLogShown);
        }

        RunResults.Apply(result, run, store);
        WarnOfReplicas(run);
        foreach (var warning in run.Warnings)
        {
            _log.Warning($"{run.WorkloadName}: {warning}");
        }

        return result.Outcome == RunOutcome.Succeeded ? null : RunErrors.Of(run, result, ending, lines, IsLogShown);
    }

    /// <summary>The workload says it completed, yet what the step runner writes last is not there.</summary>
    private WorkloadFailedException NoResult(StepRun run, WorkloadResult ending, IReadOnlyList<string> lines)
    {
        run.State = StepRunState.Failed;
        run.ExitCode = null;
        return RunErrors.Of(
            $"Workload '{run.WorkloadName}' completed, but run {run.RunId} left no result in its artifact store. Its image may start "
            + "something else than the step runner, or the addresses had lapsed (they are good for 7 days).",
            ErrorIds.WorkloadFailed,
            ending,
            null,
            lines,
            IsLogShown);
    }

    /// <summary>What the first replica delivered counts, yet one that failed beside it is worth a look.</summary>
    private void WarnOfReplicas(StepRun run)
    {
        var failed = run.Replicas.Where(replica => replica.State is StepRunState.Failed or StepRunState.TimedOut).ToArray();
        if (run.State == StepRunState.Succeeded && failed.Length > 0)
        {
            _log.Warning($"Run {run.RunId} succeeded, and its outputs are there, but "
                + $"{string.Join(", ", failed.Select(stepReplica => stepReplica.Name))} did not end well: "
                + $"{CleanText.Of(failed[0].Message)} See: Receive-RunAiStepLog {run.RunId} -Replica {failed[0].Name}");
        }
    }

    private async Task<RunRecord?> LastRecordAsync(StepRun run, CancellationToken ct)
    {
        try
        {
            return await _journal.LastAsync(run.RunId, ct).ConfigureAwait(false);
        }
        catch (ArtifactException trouble)
        {
            _log.Warning($"The record of run {run.RunId} cannot be read and was not brought up to '{run.State}': {trouble.Message} "
                + $"When it can, bring it up, and go on with what -Retry allows, by: Resume-RunAiStepRun {run.RunId} -Wait");
            return null;
        }
    }

    private async Task RememberAsync(RunRecord record, StepRun run, CancellationToken ct)
    {
        if (!_journal.IsRehearsal && record.CacheKey is { } key && run.State == StepRunState.Succeeded && _store is not null)
        {
            await new StepCache(_store, _log).RememberAsync(key, run, ct).ConfigureAwait(false);
        }
    }
}
