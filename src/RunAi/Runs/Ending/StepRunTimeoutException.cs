namespace RunAi;

/// <summary>A time limit of a run ran out. The message says what was done to its workload and what is left of it.</summary>
public sealed class StepRunTimeoutException : WorkloadTimeoutException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">Which time limit ran out, what was done, and the command that removes what is left.</param>
    /// <param name="clock">The time limit: <c>PendingTimeout</c>, <c>WorkloadTimeout</c>, <c>RunTimeout</c> or <c>Deadline</c>.</param>
    /// <param name="limit">The time that it allowed.</param>
    /// <param name="workload">The run's workload as it was last seen.</param>
    /// <param name="run">The run at its end.</param>
    public StepRunTimeoutException(string message, string clock, TimeSpan limit, Workload workload, StepRun run)
        : base(message, clock, limit, workload)
    {
        Run = run;
        Target = run;
    }

    /// <summary>The run at its end.</summary>
    public StepRun Run { get; }
}
