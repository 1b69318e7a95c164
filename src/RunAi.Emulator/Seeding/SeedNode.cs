namespace RunAi.Emulator.Seeding;

/// <summary>A machine: its devices, cores, memory, type label, labels and taints.</summary>
internal sealed record SeedNode
{
    public required string Name { get; init; }

    public string NodePool { get; init; } = "default";

    public int GpuCount { get; init; }

    public string GpuType { get; init; } = "NVIDIA-A100-SXM4-40GB";

    /// <summary>Memory of one device, a Kubernetes quantity.</summary>
    public string GpuMemory { get; init; } = "40Gi";

    public decimal CpuCores { get; init; } = 16;

    /// <summary>Memory of the machine, a Kubernetes quantity.</summary>
    public string Memory { get; init; } = "64Gi";

    public string? NodeType { get; init; }

    /// <summary>Ready, NotReady or Unknown; only a Ready node takes work.</summary>
    public string Status { get; init; } = "Ready";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<SeedTaint> Taints { get; init; } = [];
}
