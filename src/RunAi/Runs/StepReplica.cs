namespace RunAi;

/// <summary>One of the pods of a distributed step, and how it ended.</summary>
public sealed class StepReplica
{
    /// <summary>What it is called: <c>master</c>, <c>launcher</c>, or <c>worker-0</c>, <c>worker-1</c>, ...</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// How it ended; null while it runs, and for one that was ended from outside, as workers are when their master has ended.
    /// </summary>
    public StepRunState? State { get; set; }

    /// <summary>The exit code of its command, null when it is not known.</summary>
    public int? ExitCode { get; set; }

    /// <summary>The most memory its command held, in bytes; null when it is not known.</summary>
    public long? PeakMemory { get; set; }

    /// <summary>When it started, by the container's clock.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, by the container's clock.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it did not succeed; null for all others.</summary>
    public string? Message { get; set; }

    /// <summary>The replica's name and how it ended.</summary>
    /// <returns>For example <c>worker-1 (Failed)</c>.</returns>
    public override string ToString() => State is { } state ? $"{Name} ({state})" : Name;
}
