namespace RunAi;

/// <summary>A run came to an end that is no success: its step failed, or its workload failed, was stopped or deleted.</summary>
public sealed class StepRunFailedException : WorkloadFailedException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">
    /// <see cref="ErrorIds.WorkloadFailed"/>, <see cref="ErrorIds.WorkloadStopped"/>, <see cref="ErrorIds.WorkloadDeleted"/> or
    /// <see cref="ErrorIds.WorkloadUnschedulable"/>.
    /// </param>
    /// <param name="message">What happened, and what to do next.</param>
    /// <param name="workload">The run's workload as it was last seen.</param>
    /// <param name="run">The run at its end.</param>
    /// <param name="inner">The error that ended the step's script block; null for any other step.</param>
    public StepRunFailedException(string errorId, string message, Workload workload, StepRun run, Exception? inner = null)
        : base(errorId, message, workload, inner)
    {
        Run = run;
        Target = run;
    }

    /// <summary>The run at its end.</summary>
    public StepRun Run { get; }
}
