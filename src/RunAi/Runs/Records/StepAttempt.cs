namespace RunAi;

/// <summary>An attempt of a run that is over and was followed by another.</summary>
public sealed class StepAttempt
{
    /// <summary>Its number, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The name of its workload.</summary>
    public string WorkloadName { get; set; } = "";

    /// <summary>The UUID of its workload; null when it never had one.</summary>
    public string? WorkloadId { get; set; }

    /// <summary>How it ended.</summary>
    public StepRunState State { get; set; }

    /// <summary>The exit code of its command, null when it is not known.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Why it ended so; null when that was not looked into.</summary>
    public DiagnosisCause? Cause { get; set; }

    /// <summary>The first words of its error.</summary>
    public string? Message { get; set; }

    /// <summary>How often its workload went back to the queue.</summary>
    public int Preemptions { get; set; }

    /// <summary>When the control plane accepted it, by its clock.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>When it began to run, by the control plane's clock; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, by the control plane's clock.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>
    /// The key of -Retry that the next attempt was counted under: Preempted, Infrastructure or UserCode; null for one that was forced.
    /// </summary>
    public string? RetriedFor { get; set; }

    /// <summary>The wait before the next attempt; null for one that was forced.</summary>
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>The attempt, how it ended and why.</summary>
    /// <returns>For example <c>1: Failed (Preempted)</c>.</returns>
    public override string ToString() => Cause is { } cause ? $"{Attempt}: {State} ({cause})" : $"{Attempt}: {State}";
}
