using System.Globalization;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>A node pool and the nodes in it.</summary>
internal sealed class NodePool(int number, SeedNodePool seed, Cluster cluster)
{
    public string Id { get; } = number.ToString(CultureInfo.InvariantCulture);

    public string Name { get; } = seed.Name;

    public Cluster Cluster { get; } = cluster;

    public bool IsDefault { get; } = seed.Name == "default";

    public bool BinPack { get; } = seed.BinPack;

    public TimeSpan MinGuaranteedRuntime { get; } = TimeSpan.FromSeconds(seed.MinGuaranteedRuntimeSeconds);

    public List<Node> Nodes { get; } = [];

    /// <summary>Bytes of one device of the first node that has any; what a GPU-memory request is a share of.</summary>
    public decimal? DeviceMemory => Nodes.FirstOrDefault(node => node.DevicesUsed.Length > 0)?.DeviceMemory;
}
