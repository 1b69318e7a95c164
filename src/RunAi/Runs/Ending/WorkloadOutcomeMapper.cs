using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>Brings a run up to how its workload ended.</summary>
internal static class WorkloadOutcomeMapper
{
    /// <summary>Sets what the end of the workload tells of the run.</summary>
    /// <param name="result">How the wait for the workload ended.</param>
    /// <param name="run">The run; changed in place.</param>
    public static void ApplyTo(this WorkloadResult result, StepRun run)
    {
        var (outcome, workload) = (result.Outcome, result.Outcome.Workload);
        run.WorkloadId = workload.WorkloadId;
        run.Phase = workload.Phase;
        run.Preemptions += outcome.Preemptions;
        run.SubmittedAt = workload.CreatedAt ?? run.SubmittedAt;
        run.EndedAt = workload.CompletedAt ?? (IsOver(outcome.Kind) ? workload.PhaseUpdatedAt : null) ?? result.SeenAt;
        run.StartedAt = !result.HasRun ? null : WorkloadPhases.IsRunning(workload.Phase)
            ? workload.PhaseUpdatedAt
            : Later(run.EndedAt - workload.RunningTime, run.SubmittedAt);
        run.State = outcome.Kind switch
        {
            WatchOutcomeKind.Completed => StepRunState.Succeeded,
            WatchOutcomeKind.Stopped => StepRunState.Stopped,
            WatchOutcomeKind.Deleted => StepRunState.Deleted,
            WatchOutcomeKind.TimedOut when outcome.Limit?.Name != TimeLimitReader.Room => StepRunState.TimedOut,
            _ => StepRunState.Failed,
        };
        run.ExitCode = outcome.Kind == WatchOutcomeKind.Completed ? 0 : result.ExitCode;
    }

    private static bool IsOver(WatchOutcomeKind kind) =>
        kind is WatchOutcomeKind.Completed or WatchOutcomeKind.Failed or WatchOutcomeKind.Stopped;

    /// <summary>The API counts whole seconds of running: what is reckoned from them is not before the submission.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? reckoned, DateTimeOffset? submitted) =>
        reckoned < submitted ? submitted : reckoned;
}
