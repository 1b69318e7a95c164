namespace RunAi;

/// <summary>A pod of a workload. The API tells neither exit codes nor restarts.</summary>
public sealed class WorkloadPod
{
    /// <summary>The pod's UUID.</summary>
    public string PodId { get; set; } = "";

    /// <summary>The pod's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The workload's id.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The phase as Kubernetes calls it: Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; set; } = "";

    /// <summary>The node it was placed on.</summary>
    public string? NodeName { get; set; }

    /// <summary>The node pool it was placed in.</summary>
    public string? NodePool { get; set; }

    /// <summary>The GPUs it holds: a sum of devices and portions.</summary>
    public double? GpuAllocated { get; set; }

    /// <summary>The image of its first container.</summary>
    public string? Image { get; set; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When its first container started.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The pod's name and phase.</summary>
    /// <returns>For example <c>train-0 (Running)</c>.</returns>
    public override string ToString() => $"{Name} ({Phase})";
}
