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

    public SchedulingConfigurationRecord? SchedulingConfiguration { get; set; }

    public NodePoolStatusRecord? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }
}
