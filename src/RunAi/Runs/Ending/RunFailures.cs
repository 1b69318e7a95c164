namespace RunAi.Runs;

/// <summary>Makes the failure of a workload that of its run, so that whoever catches it has the run.</summary>
internal static class RunFailures
{
    /// <summary>The same failure with the run as its target; null for none.</summary>
    /// <param name="failure">The failure; one that is no end of a workload stays as it is, with the run as its target.</param>
    /// <param name="run">The run at its end.</param>
    public static RunAiException? Of(RunAiException? failure, StepRun run)
    {
        switch (failure)
        {
            case null or StepRunFailedException or StepRunTimeoutException:
                return failure;
            case WorkloadFailedException failed:
                return new StepRunFailedException(failed.ErrorId, failed.Message, failed.Workload, run)
                {
                    ExitCode = failed.ExitCode,
                    Events = failed.Events,
                    LastLogLines = failed.LastLogLines,
                    Diagnosis = failed.Diagnosis,
                    RecommendedAction = failed.RecommendedAction,
                };
            case WorkloadTimeoutException timeout:
                return new StepRunTimeoutException(timeout.Message, timeout.Clock, timeout.Limit, timeout.Workload, run)
                {
                    Diagnosis = timeout.Diagnosis,
                    RecommendedAction = timeout.RecommendedAction,
                };
            default:
                failure.Target = run;
                return failure;
        }
    }
}
