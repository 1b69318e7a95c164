using System.Globalization;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Metrics;

/// <summary>The series of a pod (enumeration PodMetricType); those of a GPU come once for each device. Used under the gate.</summary>
internal sealed class PodSeries(UsageModel model, Workload workload, Pod pod)
{
    private const string PerGpu = "_PER_GPU";

    /// <summary>Engines of a device, each with its share of the device's utilisation.</summary>
    private static readonly Dictionary<string, decimal> Engines = new()
    {
        ["GPU_GRAPHICS_ENGINE_ACTIVITY_PER_GPU"] = 1m,
        ["GPU_SM_ACTIVITY_PER_GPU"] = 0.8m,
        ["GPU_SM_OCCUPANCY_PER_GPU"] = 0.5m,
        ["GPU_TENSOR_ACTIVITY_PER_GPU"] = 0.4m,
        ["GPU_FP64_ENGINE_ACTIVITY_PER_GPU"] = 0m,
        ["GPU_FP32_ENGINE_ACTIVITY_PER_GPU"] = 0.3m,
        ["GPU_FP16_ENGINE_ACTIVITY_PER_GPU"] = 0.3m,
        ["GPU_MEMORY_BANDWIDTH_UTILIZATION_PER_GPU"] = 0.6m,
    };

    /// <summary>What only a workload as a whole has.</summary>
    private static readonly string[] OfWorkloads =
    [
        "GPU_MEMORY_REQUEST_BYTES", "CPU_REQUEST_CORES", "CPU_LIMIT_CORES", "CPU_MEMORY_REQUEST_BYTES", "CPU_MEMORY_LIMIT_BYTES",
        "POD_COUNT", "RUNNING_POD_COUNT", "GPU_ALLOCATION",
    ];

    private static readonly string[] Unmeasured =
    [
        "GPU_NVLINK_TRANSMITTED_BANDWIDTH_PER_GPU", "GPU_NVLINK_RECEIVED_BANDWIDTH_PER_GPU", "GPU_PCIE_TRANSMITTED_BANDWIDTH_PER_GPU",
        "GPU_PCIE_RECEIVED_BANDWIDTH_PER_GPU", "GPU_SWAP_MEMORY_BYTES_PER_GPU", "NVLINK_BANDWIDTH_TOTAL_PER_GPU",
    ];

    /// <summary>The series of a type: several for what is measured on each device, null for a type the document does not know.</summary>
    public IReadOnlyList<MetricSeries>? Find(string type)
    {
        if (type.EndsWith(PerGpu, StringComparison.Ordinal))
        {
            return Device(type) is { } number
                ? [.. pod.Placement.Devices.Select(device => new MetricSeries(type, number, new Dictionary<string, string>
                {
                    ["gpu"] = device.ToString(CultureInfo.InvariantCulture),
                }))]
                : Unmeasured.Contains(type) ? [] : null;
        }

        return !OfWorkloads.Contains(type) && new WorkloadSeries(model, workload, [pod]).Find(type) is { } series ? [series] : null;
    }

    private Func<DateTimeOffset, decimal?>? Device(string type) => type switch
    {
        "GPU_UTILIZATION_PER_GPU" => at => At(at, usage => usage.GpuUtilization),
        "GPU_MEMORY_USAGE_BYTES_PER_GPU" => at => At(at, usage => usage.GpuMemory),
        _ => Engines.TryGetValue(type, out var share) ? at => At(at, usage => share * usage.GpuUtilization) : null,
    };

    private decimal? At(DateTimeOffset at, Func<PodUsage, decimal> what) =>
        UsageModel.Runs(pod, at) ? what(model.Of(workload, pod, at)) : null;
}
