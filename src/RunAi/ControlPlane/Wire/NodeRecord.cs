namespace RunAi.ControlPlane.Wire;

/// <summary>A node (<c>Node</c>). It tells how many GPUs there are, not how many are free: that is telemetry.</summary>
internal sealed class NodeRecord
{
    public string? Id { get; set; }

    public string Name { get; set; } = "";

    public string ClusterUuid { get; set; } = "";

    /// <summary><c>Ready</c>, <c>NotReady</c> or <c>Unknown</c>.</summary>
    public string Status { get; set; } = "";

    public string NodePool { get; set; } = "";

    public GpuInfoRecord? GpuInfo { get; set; }

    public IReadOnlyList<NodeTaintRecord> Taints { get; set; } = [];

    public IReadOnlyList<NodeConditionRecord> Conditions { get; set; } = [];

    public DateTimeOffset? CreatedAt { get; set; }
}
