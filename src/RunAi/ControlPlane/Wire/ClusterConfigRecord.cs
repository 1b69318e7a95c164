namespace RunAi.ControlPlane.Wire;

/// <summary>Settings a cluster reports (<c>ClusterReportedConfig</c>).</summary>
internal sealed class ClusterConfigRecord
{
    public bool? WorkloadOwnershipProtection { get; set; }
}
