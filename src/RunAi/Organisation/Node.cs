namespace RunAi;

/// <summary>A machine of a cluster.</summary>
public sealed class Node
{
    /// <summary>The node's UUID, when the control plane gives it one.</summary>
    public string? NodeId { get; set; }

    /// <summary>The node's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The UUID of the cluster it is in.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The name of the cluster it is in, when these credentials see it.</summary>
    public string? ClusterName { get; set; }

    /// <summary>The name of its node pool.</summary>
    public string NodePool { get; set; } = "";

    /// <summary>Ready, NotReady or Unknown.</summary>
    public string Status { get; set; } = "";

    /// <summary>Why it is not ready.</summary>
    public IReadOnlyList<string> StatusReasons { get; set; } = [];

    /// <summary>The kind of its GPUs, for example NVIDIA-A100-SXM4-40GB; null when it has none.</summary>
    public string? GpuType { get; set; }

    /// <summary>The GPU devices it has.</summary>
    public int GpuCount { get; set; }

    /// <summary>The GPUs that nobody holds, portions of devices included; null when the metrics store does not say.</summary>
    public double? GpuFree { get; set; }

    /// <summary>What keeps work off it that does not tolerate it, as Kubernetes writes it: <c>key=value:effect</c>.</summary>
    public IReadOnlyList<string> Taints { get; set; } = [];

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The node's name and status.</summary>
    /// <returns>For example <c>gpu-3 (Ready)</c>.</returns>
    public override string ToString() => $"{Name} ({Status})";
}
