namespace RunAi.Watching;

/// <summary>The times a workload is allowed, each null for no limit.</summary>
internal sealed class TimeLimits
{
    public static readonly TimeLimits None = new();

    /// <summary>From its creation to its first running, image pull included.</summary>
    public TimeSpan? Pending { get; init; }

    /// <summary>From its creation to its end.</summary>
    public TimeSpan? Workload { get; init; }

    /// <summary>Its running time alone, over all its turns.</summary>
    public TimeSpan? Run { get; init; }

    /// <summary>From the creation of the step's first attempt to the end of its last.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The GPU hours it may use: GPUs held times hours of running, with those of the step's earlier attempts.</summary>
    public double? GpuHours { get; init; }

    /// <summary>How long the step's earlier attempts ran.</summary>
    public TimeSpan EarlierRunning { get; init; }

    /// <summary>The use of its GPUs in percent below which they are idle.</summary>
    public double? IdleBelow { get; init; }

    /// <summary>How long they may be idle while it runs.</summary>
    public TimeSpan? IdleFor { get; init; }

    /// <summary>True to end the wait, and put the workload down, when no node can ever hold it.</summary>
    public bool EndsWhenItNeverFits { get; init; }

    /// <summary>When the step's first attempt was created, by the server; null when this workload is that attempt.</summary>
    public DateTimeOffset? FirstCreated { get; init; }
}
