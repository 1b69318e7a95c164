namespace RunAi.Emulator.Seeding;

/// <summary>
/// The world without a seed file: one department, two projects, one cluster, two node pools, three nodes. Every request that the
/// documentation shows can be placed in it.
/// </summary>
internal static class DefaultSeed
{
    private const string Zone = "topology.kubernetes.io/zone";

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
            new()
            {
                Name = "cpu-1",
                CpuCores = 64,
                Memory = "256Gi",
                NodeType = "cpu",
                Labels = new Dictionary<string, string> { [Zone] = "a" },
            },
            Gpus("l40s", "default", "NVIDIA-L40S", memoryGi: 48, cores: 128),
            Gpus("a100", "a100", "NVIDIA-A100-SXM4-40GB", memoryGi: 40, cores: 96),
        ],
        Priorities = Priorities,
    };

    /// <summary>A node of 8 GPUs with the labels that Kubernetes and NVIDIA's GPU feature discovery give one.</summary>
    private static SeedNode Gpus(string type, string pool, string product, int memoryGi, int cores) => new()
    {
        Name = $"{type}-1",
        NodePool = pool,
        GpuCount = 8,
        GpuType = product,
        GpuMemory = $"{memoryGi}Gi",
        CpuCores = cores,
        Memory = "768Gi",
        NodeType = type,
        Labels = new Dictionary<string, string>
        {
            [Zone] = "a",
            ["nvidia.com/gpu.product"] = product,
            ["nvidia.com/gpu.memory"] = $"{memoryGi * 1024}",
        },
    };
}
