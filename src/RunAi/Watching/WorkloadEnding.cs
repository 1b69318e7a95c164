using RunAi.ControlPlane;
using RunAi.Diagnosis;
using RunAi.RunManifest;

namespace RunAi.Watching;

/// <summary>One workload whose wait is over: what the caller gets, and the failure if it is no success.</summary>
internal sealed class WorkloadEnding
{
    private const int LastEvents = 10;

    private readonly CaseFile? _evidence;

    /// <param name="outcome">How the wait ended.</param>
    /// <param name="failure">The failure, or null for a success.</param>
    /// <param name="seenAt">When the end was seen, by the server's clock.</param>
    /// <param name="evidence">What the failure was explained by; null when nothing was read.</param>
    public WorkloadEnding(WatchOutcome outcome, RunAiException? failure, DateTimeOffset seenAt, CaseFile? evidence = null)
        : this(outcome, failure, null, seenAt, evidence)
    {
    }

    private WorkloadEnding(WatchOutcome outcome, RunAiException? failure, WorkloadDiagnosis? diagnosis, DateTimeOffset seenAt, CaseFile? evidence)
    {
        _evidence = evidence;
        Diagnosis = diagnosis;
        Outcome = outcome;
        Failure = failure;
        SeenAt = seenAt;
    }

    public WatchOutcome Outcome { get; }

    public RunAiException? Failure { get; }

    /// <summary>Why it ended so, also for a workload that completed when its run did not; null when nothing was read.</summary>
    public WorkloadDiagnosis? Diagnosis { get; }

    /// <summary>When the end was seen, by the server's clock.</summary>
    public DateTimeOffset SeenAt { get; }

    /// <summary>An ending with the failure that the evidence explains.</summary>
    public static WorkloadEnding Explained(WatchOutcome outcome, CaseFile evidence, DateTimeOffset seenAt)
    {
        var events = evidence.Events;
        string[] last = [.. events.Skip(Math.Max(0, events.Count - LastEvents)).Select(e => e.ToString())];
        var diagnosis = Diagnostician.Diagnose(evidence);
        return new WorkloadEnding(outcome, OutcomeException.From(outcome, last, diagnosis), diagnosis, seenAt, evidence);
    }

    /// <summary>The same ending, explained anew with what the step runner and the log tell.</summary>
    public WorkloadEnding With(RunResult? result, IReadOnlyList<string> lastLogLines)
    {
        var evidence = _evidence ?? new CaseFile(Outcome.Workload, [], [], Clues.None, []);
        return Explained(Outcome, evidence.With(result, lastLogLines), SeenAt);
    }

    /// <summary>Brings a run up to what the outcome says.</summary>
    public StepRun Conclude(StepRun run)
    {
        var workload = Outcome.Workload;
        run.WorkloadId = workload.WorkloadId;
        run.Phase = workload.Phase;
        run.Preemptions += Outcome.Preemptions;
        run.SubmittedAt = workload.CreatedAt ?? run.SubmittedAt;
        run.EndedAt = workload.CompletedAt ?? (IsOver ? workload.PhaseUpdatedAt : null) ?? SeenAt;
        run.StartedAt = WorkloadPhases.IsRunning(workload.Phase) ? workload.PhaseUpdatedAt : Earliest(run.EndedAt - workload.RunningTime, run.SubmittedAt);
        run.State = Outcome.Kind switch
        {
            WatchOutcomeKind.Completed => StepRunState.Succeeded,
            WatchOutcomeKind.Stopped => StepRunState.Stopped,
            WatchOutcomeKind.Deleted => StepRunState.Deleted,
            WatchOutcomeKind.TimedOut => StepRunState.TimedOut,
            _ => StepRunState.Failed,
        };
        run.ExitCode = Outcome.Kind == WatchOutcomeKind.Completed ? 0 : (Failure as WorkloadFailedException)?.ExitCode;
        return run;
    }

    private bool IsOver => Outcome.Kind is WatchOutcomeKind.Completed or WatchOutcomeKind.Failed or WatchOutcomeKind.Stopped;

    /// <summary>The API counts whole seconds of running: what is reckoned from them is not before the submission.</summary>
    private static DateTimeOffset? Earliest(DateTimeOffset? reckoned, DateTimeOffset? submitted) => reckoned < submitted ? submitted : reckoned;
}
