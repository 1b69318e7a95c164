namespace RunAi.Emulator.Seeding;

/// <summary>What an organisation unit may use of one node pool, in GPUs.</summary>
internal sealed record SeedQuota
{
    public required string NodePool { get; init; }

    /// <summary>GPUs it is entitled to; non-preemptible work stays inside.</summary>
    public decimal Gpu { get; init; }

    /// <summary>GPUs it can never exceed; absent is no limit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Whether preemptible work may use idle GPUs beyond the quota.</summary>
    public bool OverQuota { get; init; } = true;

    /// <summary>CPU cores it is entitled to; shown, not enforced.</summary>
    public decimal? CpuCores { get; init; }

    /// <summary>Memory in MB it is entitled to; shown, not enforced.</summary>
    public decimal? MemoryMb { get; init; }
}
