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
        _ => null,
    };

    private static RunAiException Failure(StepRun run, string errorId) => new(
        errorId,
        $"The run {run.RunId} of step '{run.StepName}' is over and did not succeed: {run.State}"
        + (run.ExitCode is { } code ? $", exit code {code}" : "")
        + (string.IsNullOrEmpty(run.Message) ? "" : $". {run.Message}")
        + $"\nSee its log with: Receive-RunAiStepLog {run.RunId}  and make a new attempt with -RunKey and -Force.")
    {
        Target = run.RunId,
    };
}
