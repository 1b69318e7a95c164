namespace RunAi.Emulator.Seeding;

/// <summary>A named group of nodes.</summary>
internal sealed record SeedNodePool
{
    public required string Name { get; init; }

    /// <summary>The name of its cluster; the first one when absent.</summary>
    public string? Cluster { get; init; }

    /// <summary>Seconds a preemptible workload may count on once it is placed.</summary>
    public int MinGuaranteedRuntimeSeconds { get; init; }

    /// <summary>True packs work onto few GPUs, false spreads it.</summary>
    public bool BinPack { get; init; } = true;
}
