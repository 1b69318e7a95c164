namespace RunAi.ControlPlane.Wire;

/// <summary>A cluster (<c>DisplayedCluster</c>); what others call its <c>clusterId</c> is its <c>uuid</c>.</summary>
internal sealed class ClusterRecord
{
    public string Uuid { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Domain { get; set; }

    public string? Version { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? LastLiveness { get; set; }

    public ClusterStatusRecord? Status { get; set; }
}
