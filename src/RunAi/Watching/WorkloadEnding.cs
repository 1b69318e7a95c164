namespace RunAi.Watching;

/// <summary>One workload whose wait is over: what the caller gets, and the failure if it is no success.</summary>
internal sealed class WorkloadEnding
{
    public WorkloadEnding(WatchOutcome outcome, RunAiException? failure)
    {
        Outcome = outcome;
        Failure = failure;
    }

    public WatchOutcome Outcome { get; }

    public RunAiException? Failure { get; }

    /// <summary>Brings a run up to what the outcome says.</summary>
    public StepRun Conclude(StepRun run)
    {
        var workload = Outcome.Workload;
        run.WorkloadId = workload.WorkloadId;
        run.Phase = workload.Phase;
        run.Preemptions += Outcome.Preemptions;
        run.SubmittedAt = workload.CreatedAt ?? run.SubmittedAt;
        run.EndedAt = workload.CompletedAt ?? workload.PhaseUpdatedAt;
        run.StartedAt = run.EndedAt - workload.RunningTime;
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
}
