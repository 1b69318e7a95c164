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

    public CurrentStatus? Status { get; set; }

    /// <summary>A cluster's state (<c>ClusterDisplayedStatus</c>).</summary>
    internal sealed class CurrentStatus
    {
        public string State { get; set; } = "";

        public KubernetesPlatform? Platform { get; set; }

        public ReportedConfig? Config { get; set; }
    }

    /// <summary>What a cluster runs on.</summary>
    internal sealed class KubernetesPlatform
    {
        public string? Type { get; set; }

        public string? KubeVersion { get; set; }
    }

    /// <summary>Settings a cluster reports (<c>ClusterReportedConfig</c>).</summary>
    internal sealed class ReportedConfig
    {
        public bool? WorkloadOwnershipProtection { get; set; }
    }
}
