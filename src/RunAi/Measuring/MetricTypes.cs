namespace RunAi.Measuring;

/// <summary>
/// What can be measured (enumerations <c>WorkloadMetricType</c> and <c>PodMetricType</c> of the Run:ai API, without those of inference
/// services), and in which units: the API's names tell bytes and cores; utilisation is in percent, as the API's examples and its user
/// interface have it.
/// </summary>
internal static class MetricTypes
{
    public const string GpuUtilization = "GPU_UTILIZATION";
    public const string GpuMemory = "GPU_MEMORY_USAGE_BYTES";
    public const string GpuMemoryRequest = "GPU_MEMORY_REQUEST_BYTES";
    public const string GpuAllocation = "GPU_ALLOCATION";
    public const string Cpu = "CPU_USAGE_CORES";
    public const string Memory = "CPU_MEMORY_USAGE_BYTES";

    /// <summary>Added to a pod's type, it is measured for each device.</summary>
    public const string PerGpu = "_PER_GPU";

    /// <summary>What is shown when nothing is named.</summary>
    public static IReadOnlyList<string> Usual { get; } = [GpuUtilization, GpuMemory, Cpu, Memory];

    public static IReadOnlyList<string> OfWorkloads { get; } =
    [
        GpuUtilization, GpuMemory, GpuMemoryRequest, GpuAllocation, Cpu, "CPU_REQUEST_CORES", "CPU_LIMIT_CORES", Memory,
        "CPU_MEMORY_REQUEST_BYTES", "CPU_MEMORY_LIMIT_BYTES", "POD_COUNT", "RUNNING_POD_COUNT", "NVLINK_BANDWIDTH_TOTAL",
    ];

    public static IReadOnlyList<string> OfPods { get; } =
    [
        GpuUtilization, GpuUtilization + PerGpu, GpuMemory, GpuMemory + PerGpu, Cpu, Memory, "GPU_GRAPHICS_ENGINE_ACTIVITY_PER_GPU",
        "GPU_SM_ACTIVITY_PER_GPU", "GPU_SM_OCCUPANCY_PER_GPU", "GPU_TENSOR_ACTIVITY_PER_GPU", "GPU_FP64_ENGINE_ACTIVITY_PER_GPU",
        "GPU_FP32_ENGINE_ACTIVITY_PER_GPU", "GPU_FP16_ENGINE_ACTIVITY_PER_GPU", "GPU_MEMORY_BANDWIDTH_UTILIZATION_PER_GPU",
        "GPU_NVLINK_TRANSMITTED_BANDWIDTH_PER_GPU", "GPU_NVLINK_RECEIVED_BANDWIDTH_PER_GPU", "GPU_PCIE_TRANSMITTED_BANDWIDTH_PER_GPU",
        "GPU_PCIE_RECEIVED_BANDWIDTH_PER_GPU", "GPU_SWAP_MEMORY_BYTES_PER_GPU", "NVLINK_BANDWIDTH_TOTAL", "NVLINK_BANDWIDTH_TOTAL_PER_GPU",
    ];

    /// <summary>The unit of a type's numbers; empty when its name does not tell.</summary>
    public static string UnitOf(string type)
    {
        var name = type.EndsWith(PerGpu, StringComparison.Ordinal) ? type.Substring(0, type.Length - PerGpu.Length) : type;
        return name.EndsWith("_BYTES", StringComparison.Ordinal) ? "bytes"
            : name.EndsWith("_CORES", StringComparison.Ordinal) ? "cores"
            : name.EndsWith("POD_COUNT", StringComparison.Ordinal) ? "pods"
            : name == GpuAllocation ? "GPUs"
            : name.EndsWith("_SECONDS", StringComparison.Ordinal) ? "s"
            : name.EndsWith("_UTILIZATION", StringComparison.Ordinal) || name.EndsWith("_ACTIVITY", StringComparison.Ordinal)
                || name.EndsWith("_OCCUPANCY", StringComparison.Ordinal) ? "%"
            : "";
    }
}
