namespace RunAi;

/// <summary>A named set of nodes that quotas and workloads refer to.</summary>
public sealed class NodePool
{
    /// <summary>The node pool's id: digits, as text.</summary>
    public string NodePoolId { get; set; } = "";

    /// <summary>The node pool's name, which step settings refer to.</summary>
    public string Name { get; set; } = "";

    /// <summary>The UUID of the cluster it is on.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The name of the cluster it is on.</summary>
    public string? ClusterName { get; set; }

    /// <summary>True for the one that nodes without a pool of their own fall into.</summary>
    public bool IsDefault { get; set; }

    /// <summary>The phase, in the control plane's words: Ready, Empty, Unschedulable and others.</summary>
    public string Status { get; set; } = "";

    /// <summary>Why it is in its phase.</summary>
    public string? StatusMessage { get; set; }

    /// <summary>The names of its nodes.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = [];

    /// <summary>How many nodes it has.</summary>
    public int NodeCount => Nodes.Count;

    /// <summary>The GPU devices of its nodes; null when the metrics store does not say.</summary>
    public double? GpuCount { get; set; }

    /// <summary>The GPUs that nobody holds, portions of devices included; null when the metrics store does not say.</summary>
    public double? GpuFree { get; set; }

    /// <summary>The label by which nodes belong to it, as <c>key=value</c>.</summary>
    public string? NodeLabel { get; set; }

    /// <summary>How work with GPUs is placed: spread or binpack.</summary>
    public string? GpuPlacement { get; set; }

    /// <summary>
    /// How long a preemptible workload surely runs once it was placed, for example <c>5d8h40m</c>; null when nothing is guaranteed.
    /// </summary>
    public string? MinGuaranteedRuntime { get; set; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The node pool's name and phase.</summary>
    /// <returns>For example <c>a100 (Ready)</c>.</returns>
    public override string ToString() => $"{Name} ({Status})";
}
