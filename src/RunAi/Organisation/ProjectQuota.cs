namespace RunAi;

/// <summary>What a project is entitled to in one node pool, and what of it is in use.</summary>
public sealed class ProjectQuota
{
    /// <summary>The node pool's name.</summary>
    public string NodePool { get; set; } = "";

    /// <summary>The node pool's id: digits, as text.</summary>
    public string NodePoolId { get; set; } = "";

    /// <summary>The GPUs the project is entitled to.</summary>
    public double? GpuQuota { get; set; }

    /// <summary>The most GPUs the project may hold, over-quota work included; null when there is no limit.</summary>
    public double? GpuLimit { get; set; }

    /// <summary>The project's weight when GPUs beyond the quotas are shared out; 0 means that it gets none.</summary>
    public double? GpuOverQuotaWeight { get; set; }

    /// <summary>The GPUs its workloads hold now: a sum of devices and portions.</summary>
    public double? GpuAllocated { get; set; }

    /// <summary>The GPUs its non-preemptible workloads hold now.</summary>
    public double? GpuAllocatedNonPreemptible { get; set; }

    /// <summary>The GPUs its workloads hold or wait for now.</summary>
    public double? GpuRequested { get; set; }

    /// <summary>The CPU cores the project is entitled to; null when the administrator set none.</summary>
    public double? CpuQuota { get; set; }

    /// <summary>The most CPU cores the project may hold; null when there is no limit.</summary>
    public double? CpuLimit { get; set; }

    /// <summary>The CPU cores its workloads hold now.</summary>
    public double? CpuAllocated { get; set; }

    /// <summary>The bytes of main memory the project is entitled to; null when the administrator set none.</summary>
    public long? MemoryQuota { get; set; }

    /// <summary>The most bytes of main memory the project may hold; null when there is no limit.</summary>
    public long? MemoryLimit { get; set; }

    /// <summary>The bytes of main memory its workloads hold now.</summary>
    public long? MemoryAllocated { get; set; }

    /// <summary>The project's priority in the node pool, for example Normal.</summary>
    public string? Priority { get; set; }

    /// <summary>The node pool, the GPUs held in it and those the project is entitled to.</summary>
    /// <returns>For example <c>a100 0.5/4</c>.</returns>
    public override string ToString() => $"{NodePool} {GpuText.Use(GpuAllocated, GpuQuota)}";
}
