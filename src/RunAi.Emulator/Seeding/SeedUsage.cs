namespace RunAi.Emulator.Seeding;

/// <summary>
/// What the metrics say that each pod of matching workloads uses; what is absent is made up, the same each time for a name.
/// </summary>
internal sealed record SeedUsage
{
    /// <summary>Percent of each device while it is busy.</summary>
    public double? GpuUtilization { get; init; }

    /// <summary>Seconds at the start in which the devices do nothing.</summary>
    public double GpuIdleSeconds { get; init; }

    /// <summary>GPU memory of each device, a Kubernetes quantity.</summary>
    public string? GpuMemory { get; init; }

    public double? CpuCores { get; init; }

    /// <summary>Main memory, a Kubernetes quantity.</summary>
    public string? Memory { get; init; }

    /// <summary>Types of metrics that the metrics store has lost: they are left out, and the answer is 207.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
