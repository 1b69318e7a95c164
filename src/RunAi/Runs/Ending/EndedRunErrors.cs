namespace RunAi.Runs;

/// <summary>The failure of a run that was over before anybody waited for it.</summary>
internal static class EndedRunErrors
{
    /// <summary>The failure; null for a run that succeeded or goes on.</summary>
    public static RunAiException? FailureOf(StepRun run) => run.State switch
    {
        StepRunState.Failed => Failure(run, ErrorIds.WorkloadFailed),
        StepRunState.TimedOut => Failure(run, ErrorIds.WorkloadTimeout),
        StepRunState.Deleted => Failure(run, ErrorIds.WorkloadDeleted),
        StepRunState.Stopped => Failure(run, ErrorIds.WorkloadStopped),
        _ => null,
    };

    private static StepRunFailedException Failure(StepRun run, string errorId)
    {
        var workload = new Workload { WorkloadId = run.WorkloadId ?? "", Name = run.WorkloadName, Phase = run.Phase, Url = run.Url };
        return new StepRunFailedException(
            errorId,
            $"The run {run.RunId} of step '{run.StepName}' "
            + $"{(run.State == StepRunState.Stopped ? "is suspended" : $"is over and did not succeed: {run.State}")}"
            + (run.ExitCode is { } code ? $", exit code {code}" : "")
            + (string.IsNullOrEmpty(run.Message) ? "." : $". {run.Message}")
            + $"\n{Next(run)}",
            workload,
            run)
        {
            ExitCode = run.ExitCode,
        };
    }

    /// <summary>What to do next; only a run with a store has a log there.</summary>
    private static string Next(StepRun run) =>
        run.State == StepRunState.Stopped ? $"Resume it with: Resume-RunAiWorkload {run.WorkloadName}"
        : (run.ArtifactStore is null
            ? run.WorkloadId is null || run.State == StepRunState.Deleted
                ? "Make"
                : $"See it with: Show-RunAiWorkload {run.WorkloadName}  and make"
            : $"See its log with: Receive-RunAiStepLog {run.RunId}  and make") + " a new attempt with -RunKey and -Force.";
}
