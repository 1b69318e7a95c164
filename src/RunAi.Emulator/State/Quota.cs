using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>What one organisation unit may use of one node pool.</summary>
internal sealed class Quota(NodePool pool, SeedQuota seed)
{
    public NodePool Pool { get; } = pool;

    /// <summary>GPUs it is entitled to.</summary>
    public decimal Deserved { get; } = seed.Gpu;

    /// <summary>GPUs it can never exceed, or null.</summary>
    public decimal? Limit { get; } = seed.OverQuota ? seed.Limit : Math.Min(seed.Limit ?? seed.Gpu, seed.Gpu);

    public bool OverQuota { get; } = seed.OverQuota;

    public decimal? CpuCores { get; } = seed.CpuCores;

    public decimal? MemoryMb { get; } = seed.MemoryMb;
}
