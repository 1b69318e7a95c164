namespace RunAi.ControlPlane.Wire;

/// <summary>A node pool (<c>Nodepool</c>).</summary>
internal sealed class NodePoolRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string ClusterId { get; set; } = "";

    public string? ClusterName { get; set; }

    public bool IsDefault { get; set; }

    public string? Phase { get; set; }

    public string? PhaseMessage { get; set; }

    public string? LabelKey { get; set; }

    public string? LabelValue { get; set; }

    public Scheduling? SchedulingConfiguration { get; set; }

    public CurrentStatus? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>What a node pool consists of now.</summary>
    internal sealed class CurrentStatus
    {
        public IReadOnlyList<string> Nodes { get; set; } = [];
    }

    /// <summary>How a node pool places work (<c>SchedulingConfiguration</c>).</summary>
    internal sealed class Scheduling
    {
        public Placement? PlacementStrategy { get; set; }

        /// <summary>A duration such as <c>5d8h40m</c>; absent or <c>0</c> when nothing is guaranteed.</summary>
        public string? MinGuaranteedRuntime { get; set; }
    }

    /// <summary><c>spread</c> or <c>binpack</c>, for each resource.</summary>
    internal sealed class Placement
    {
        public string? Cpu { get; set; }

        public string? Gpu { get; set; }
    }
}
