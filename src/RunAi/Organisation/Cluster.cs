namespace RunAi;

/// <summary>A Kubernetes cluster that Run:ai schedules.</summary>
public sealed class Cluster
{
    /// <summary>The cluster's UUID.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The cluster's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The state, in the control plane's words: Connected when work is scheduled.</summary>
    public string Status { get; set; } = "";

    /// <summary>The version of Run:ai on it.</summary>
    public string? Version { get; set; }

    /// <summary>The version of Kubernetes on it.</summary>
    public string? KubernetesVersion { get; set; }

    /// <summary>The kind of Kubernetes, for example vanilla, openshift or eks.</summary>
    public string? Platform { get; set; }

    /// <summary>The address of the cluster itself.</summary>
    public string? Domain { get; set; }

    /// <summary>The GPU devices it has; null when the metrics store does not say.</summary>
    public double? GpuCount { get; set; }

    /// <summary>The GPUs that nobody holds, portions of devices included; null when the metrics store does not say.</summary>
    public double? GpuFree { get; set; }

    /// <summary>When it was last heard of, by the server's clock.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The cluster's name and state.</summary>
    /// <returns>For example <c>prod (Connected)</c>.</returns>
    public override string ToString() => $"{Name} ({Status})";
}
