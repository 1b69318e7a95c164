namespace RunAi.Watching;

/// <summary>The times a workload is allowed, each null for no limit.</summary>
internal sealed class ClockLimits
{
    public static readonly ClockLimits None = new();

    /// <summary>From its creation to its first running, image pull included.</summary>
    public TimeSpan? Pending { get; init; }

    /// <summary>From its creation to its end.</summary>
    public TimeSpan? Workload { get; init; }

    /// <summary>Its running time alone, over all its turns.</summary>
    public TimeSpan? Run { get; init; }
}
