namespace RunAi;

/// <summary>How a check of a step came out.</summary>
public enum StepCheckStatus
{
    /// <summary>It is as it must be.</summary>
    Passed,

    /// <summary>The step can be submitted, but may wait, be preempted, or not find what this machine cannot see.</summary>
    Warning,

    /// <summary>The step would be refused, or never run.</summary>
    Failed,

    /// <summary>It could not be looked at; the message says why.</summary>
    Skipped,
}
