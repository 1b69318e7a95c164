namespace RunAi.Emulator.Seeding;

/// <summary>The world without a seed file: one department, two projects, one cluster, two node pools, three nodes.</summary>
internal static class DefaultSeed
{
    /// <summary>The priority classes the document names, with our values; 100 and above are not preemptible by default.</summary>
    public static IReadOnlyList<SeedPriority> Priorities { get; } =
    [
        new() { Name = "very-low", Value = 20 },
        new() { Name = "low", Value = 40 },
        new() { Name = "medium-low", Value = 60 },
        new() { Name = "medium", Value = 80 },
        new() { Name = "medium-high", Value = 90 },
        new() { Name = "high", Value = 100, Preemptible = false },
        new() { Name = "very-high", Value = 125, Preemptible = false },
    ];

    public static Seed Create() => new()
    {
        DefaultProject = "demo",
        Clusters = [new() { Uuid = Guid.Parse("71f69d83-ba66-4822-adf5-55ce55efd210"), Name = "local" }],
        Departments = [new() { Id = Guid.Parse("53a9228e-a722-420d-a102-9dc90da2efca"), Name = "research" }],
        Projects =
        [
            new()
            {
                Name = "demo",
                Description = "For trying things out.",
                Quota = [new() { NodePool = "default", Gpu = 2 }, new() { NodePool = "a100", Gpu = 0 }],
                DefaultNodePools = ["default"],
            },
            new()
            {
                Name = "vision",
                Quota = [new() { NodePool = "default", Gpu = 2 }, new() { NodePool = "a100", Gpu = 4, Limit = 6 }],
                DefaultNodePools = ["a100", "default"],
            },
        ],
        NodePools = [new() { Name = "default" }, new() { Name = "a100" }],
        Nodes =
        [
            new() { Name = "cpu-1", CpuCores = 64, Memory = "256Gi", NodeType = "cpu" },
            new()
            {
                Name = "t4-1", GpuCount = 4, GpuType = "Tesla-T4", GpuMemory = "16Gi",
                CpuCores = 32, Memory = "128Gi", NodeType = "t4",
            },
            new()
            {
                Name = "a100-1", NodePool = "a100", GpuCount = 8, GpuType = "NVIDIA-A100-SXM4-40GB",
                GpuMemory = "40Gi", CpuCores = 96, Memory = "768Gi", NodeType = "a100",
            },
        ],
        Priorities = Priorities,
    };
}
