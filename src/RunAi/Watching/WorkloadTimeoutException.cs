namespace RunAi;

/// <summary>A time limit of a workload ran out. The message says what was done to the workload and what is left of it.</summary>
public class WorkloadTimeoutException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">Which time limit ran out, what was done, and the command that removes what is left.</param>
    /// <param name="clock">The time limit: <c>PendingTimeout</c>, <c>WorkloadTimeout</c>, <c>RunTimeout</c> or <c>Deadline</c>.</param>
    /// <param name="limit">The time that it allowed.</param>
    /// <param name="workload">The workload as it was last seen.</param>
    public WorkloadTimeoutException(string message, string clock, TimeSpan limit, Workload workload)
        : base(ErrorIds.WorkloadTimeout, message)
    {
        Clock = clock;
        Limit = limit;
        Workload = workload;
        Target = workload.Name;
    }

    /// <summary>The time limit that ran out.</summary>
    public string Clock { get; }

    /// <summary>The time that it allowed.</summary>
    public TimeSpan Limit { get; }

    /// <summary>The workload as it was last seen.</summary>
    public Workload Workload { get; }

    /// <summary>Why it ended so, with evidence and remedy; null when that could not be found out.</summary>
    public WorkloadDiagnosis? Diagnosis { get; set; }
}
