namespace RunAi;

/// <summary>A Run:ai project: what it is entitled to, what of it is in use, and how that spreads over the node pools.</summary>
public sealed class Project
{
    /// <summary>The project's id: digits, as text.</summary>
    public string ProjectId { get; set; } = "";

    /// <summary>The project's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the administrator wrote about it.</summary>
    public string? Description { get; set; }

    /// <summary>The UUID of the cluster it is on.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The name of the cluster it is on, when these credentials see it.</summary>
    public string? ClusterName { get; set; }

    /// <summary>The id of the department it belongs to.</summary>
    public string? DepartmentId { get; set; }

    /// <summary>The name of the department it belongs to.</summary>
    public string? DepartmentName { get; set; }

    /// <summary>The Kubernetes namespace its workloads run in.</summary>
    public string? Namespace { get; set; }

    /// <summary>The phase, in the control plane's words: Ready when work can be submitted.</summary>
    public string Status { get; set; } = "";

    /// <summary>Why it is in its phase.</summary>
    public string? StatusMessage { get; set; }

    /// <summary>The GPUs it is entitled to, over all node pools.</summary>
    public double? GpuQuota { get; set; }

    /// <summary>
    /// The GPUs its workloads hold now: a sum of devices and portions. More than the quota is over-quota work, which may be preempted.
    /// </summary>
    public double? GpuAllocated { get; set; }

    /// <summary>The GPUs its non-preemptible workloads hold now; they can never hold more than the quota.</summary>
    public double? GpuAllocatedNonPreemptible { get; set; }

    /// <summary>The GPUs its workloads hold or wait for now.</summary>
    public double? GpuRequested { get; set; }

    /// <summary>The CPU cores it is entitled to; null when the administrator set none.</summary>
    public double? CpuQuota { get; set; }

    /// <summary>The CPU cores its workloads hold now.</summary>
    public double? CpuAllocated { get; set; }

    /// <summary>The bytes of main memory it is entitled to; null when the administrator set none.</summary>
    public long? MemoryQuota { get; set; }

    /// <summary>The bytes of main memory its workloads hold now.</summary>
    public long? MemoryAllocated { get; set; }

    /// <summary>Quota and use in each node pool.</summary>
    public IReadOnlyList<ProjectQuota> NodePools { get; set; } = [];

    /// <summary>
    /// A line for each node pool: the GPUs its workloads hold there and those it is entitled to, for example <c>a100 0.5/4</c>.
    /// </summary>
    public string NodePoolUse => string.Join("\n", NodePools);

    /// <summary>The node pools its workloads try in this order when they name none.</summary>
    public IReadOnlyList<string> DefaultNodePools { get; set; } = [];

    /// <summary>How long a training may run in all, when the project's rules say so.</summary>
    public TimeSpan? TrainingTimeLimit { get; set; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The project's name and use.</summary>
    /// <returns>For example <c>vision (1.5/4 GPUs)</c>.</returns>
    public override string ToString() => $"{Name} ({GpuText.Use(GpuAllocated, GpuQuota)} GPUs)";
}
