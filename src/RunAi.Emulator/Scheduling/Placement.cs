namespace RunAi.Emulator.Scheduling;

/// <summary>Where a pod runs and what it holds there.</summary>
internal sealed record Placement
{
    public required string Node { get; init; }

    public required string NodePool { get; init; }

    /// <summary>Indexes of the devices on the node.</summary>
    public required IReadOnlyList<int> Devices { get; init; }

    /// <summary>The share held of each device.</summary>
    public required decimal Portion { get; init; }

    /// <summary>Cores.</summary>
    public required decimal Cpu { get; init; }

    /// <summary>Bytes.</summary>
    public required decimal Memory { get; init; }

    /// <summary>GPUs in all.</summary>
    public decimal Gpu => Devices.Count * Portion;
}
