namespace RunAi;

/// <summary>Which record a piece of evidence was read from.</summary>
public enum EvidenceSource
{
    /// <summary>The workload's phase and its message.</summary>
    Phase,

    /// <summary>The scheduler's message for a node pool (<c>pendingSchedulingMessages</c>).</summary>
    Scheduling,

    /// <summary>A condition of the workload.</summary>
    Condition,

    /// <summary>An event of the workload or of one of its pods.</summary>
    Event,

    /// <summary>The workload's history.</summary>
    History,

    /// <summary>A pod.</summary>
    Pod,

    /// <summary>What the step runner wrote at the end of the run.</summary>
    Result,

    /// <summary>The last lines of the run's log.</summary>
    Log,

    /// <summary>A time limit of the workload.</summary>
    Clock,
}
