namespace RunAi;

/// <summary>Where a run stands.</summary>
public enum StepRunState
{
    /// <summary>The request is on its way; whether the workload exists is not known yet.</summary>
    Submitting,

    /// <summary>The control plane accepted the workload; it does not run yet.</summary>
    Submitted,

    /// <summary>The workload runs.</summary>
    Running,

    /// <summary>The workload completed.</summary>
    Succeeded,

    /// <summary>The workload failed.</summary>
    Failed,

    /// <summary>The workload was suspended; it can be resumed.</summary>
    Stopped,

    /// <summary>A clock set for the run ran out.</summary>
    TimedOut,

    /// <summary>The workload was deleted before it ended.</summary>
    Deleted,
}
