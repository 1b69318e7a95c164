namespace RunAi.ControlPlane.Wire;

/// <summary>A cluster's state (<c>ClusterDisplayedStatus</c>).</summary>
internal sealed class ClusterStatusRecord
{
    public string State { get; set; } = "";

    public ClusterPlatformRecord? Platform { get; set; }

    public ClusterConfigRecord? Config { get; set; }
}
