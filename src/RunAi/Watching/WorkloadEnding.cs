using RunAi.ControlPlane;
using RunAi.Diagnosis;
using RunAi.RunManifest;

namespace RunAi.Watching;

/// <summary>One workload whose wait is over: what the caller gets, and the failure if it is no success.</summary>
internal sealed class WorkloadEnding
{
    private const int LastEvents = 10;

    private readonly DateTimeOffset _seenAt;
    private readonly CaseFile? _evidence;

    /// <param name="outcome">How the wait ended.</param>
    /// <param name="failure">The failure, or null for a success.</param>
    /// <param name="seenAt">When the end was seen, by the server's clock.</param>
    /// <param name="evidence">What the failure was explained by; null when nothing was read.</param>
    public WorkloadEnding(WatchOutcome outcome, RunAiException? failure, DateTimeOffset seenAt, CaseFile? evidence = null)
    {
        _evidence = evidence;
        Outcome = outcome;
        Failure = failure;
        _seenAt = seenAt;
    }

    public WatchOutcome Outcome { get; }

    public RunAiException? Failure { get; }

    /// <summary>An ending with the failure that the evidence explains.</summary>
    public static WorkloadEnding Explained(WatchOutcome outcome, CaseFile evidence, DateTimeOffset seenAt)
    {
        var events = evidence.Events;
        string[] last = [.. events.Skip(Math.Max(0, events.Count - LastEvents)).Select(e => e.ToString())];
        return new WorkloadEnding(outcome, OutcomeException.From(outcome, last, Diagnostician.Diagnose(evidence)), seenAt, evidence);
    }

    /// <summary>The same ending, explained anew with what the step runner and the log tell.</summary>
    public WorkloadEnding With(RunResult? result, IReadOnlyList<string> lastLogLines) =>
        _evidence is null ? this : Explained(Outcome, _evidence.With(result, lastLogLines), _seenAt);

    /// <summary>Brings a run up to what the outcome says.</summary>
    public StepRun Conclude(StepRun run)
    {
        var workload = Outcome.Workload;
        run.WorkloadId = workload.WorkloadId;
        run.Phase = workload.Phase;
        run.Preemptions += Outcome.Preemptions;
        run.SubmittedAt = workload.CreatedAt ?? run.SubmittedAt;
        run.EndedAt = workload.CompletedAt ?? (IsOver ? workload.PhaseUpdatedAt : null) ?? _seenAt;
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
