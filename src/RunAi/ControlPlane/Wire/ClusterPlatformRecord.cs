namespace RunAi.ControlPlane.Wire;

/// <summary>What a cluster runs on.</summary>
internal sealed class ClusterPlatformRecord
{
    public string? Type { get; set; }

    public string? KubeVersion { get; set; }
}
