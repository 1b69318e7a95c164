using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>A machine and what of it is taken.</summary>
internal sealed class Node
{
    private readonly SeedNode _seed;

    public Node(SeedNode seed, NodePool pool)
    {
        _seed = seed;
        Pool = pool;
        pool.Nodes.Add(this);
        DevicesUsed = new decimal[seed.GpuCount];
        DeviceMemory = Bytes(seed.GpuMemory);
        CpuFree = seed.CpuCores;
        Memory = Bytes(seed.Memory);
        MemoryFree = Memory;
    }

    public Guid Id { get; } = Guid.NewGuid();

    public string Name => _seed.Name;

    public NodePool Pool { get; }

    public string? NodeType => _seed.NodeType;

    public string GpuType => _seed.GpuType;

    public string Status => _seed.Status;

    public IReadOnlyDictionary<string, string> Labels => _seed.Labels;

    public IReadOnlyList<SeedTaint> Taints => _seed.Taints;

    /// <summary>The share of each device that is taken, 0 to 1.</summary>
    public decimal[] DevicesUsed { get; }

    /// <summary>Bytes of one device.</summary>
    public decimal DeviceMemory { get; }

    /// <summary>Cores in all.</summary>
    public decimal Cpu => _seed.CpuCores;

    /// <summary>Bytes of main memory in all.</summary>
    public decimal Memory { get; }

    /// <summary>Cores not taken.</summary>
    public decimal CpuFree { get; private set; }

    /// <summary>Bytes not taken.</summary>
    public decimal MemoryFree { get; private set; }

    public void Take(Placement placement) => Change(placement, 1);

    public void Release(Placement placement) => Change(placement, -1);

    private void Change(Placement placement, int sign)
    {
        foreach (var device in placement.Devices)
        {
            DevicesUsed[device] += sign * placement.Portion;
        }

        CpuFree -= sign * placement.Cpu;
        MemoryFree -= sign * placement.Memory;
    }

    private decimal Bytes(string quantity) => Quantity.TryParse(quantity, out var bytes)
        ? bytes
        : throw new OptionException($"Seed: node {_seed.Name}: '{quantity}' is no Kubernetes quantity.");
}
