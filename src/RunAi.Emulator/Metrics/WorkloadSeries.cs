using System.Text.Json.Nodes;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Metrics;

/// <summary>The series of a workload, or of some of its pods (enumeration WorkloadMetricType). Used under the gate.</summary>
internal sealed class WorkloadSeries(UsageModel model, Workload workload, IReadOnlyList<Pod> pods)
{
    private static readonly string[] OfServices =
    [
        "NIM_NUM_REQUESTS_RUNNING", "NIM_NUM_REQUESTS_WAITING", "NIM_NUM_REQUEST_MAX", "NIM_REQUEST_SUCCESS_TOTAL",
        "NIM_REQUEST_FAILURE_TOTAL", "NIM_GPU_CACHE_USAGE_PERC", "NIM_TIME_TO_FIRST_TOKEN_SECONDS", "NIM_E2E_REQUEST_LATENCY_SECONDS",
        "NIM_TIME_TO_FIRST_TOKEN_SECONDS_PERCENTILES", "NIM_E2E_REQUEST_LATENCY_SECONDS_PERCENTILES", "NVLINK_BANDWIDTH_TOTAL",
    ];

    /// <summary>The series of a type, none for a type the document does not know. What only services measure has no numbers.</summary>
    public MetricSeries? Find(string type) => Number(type) is { } at
        ? new MetricSeries(type, at)
        : OfServices.Contains(type) ? new MetricSeries(type, _ => null) : null;

    private Func<DateTimeOffset, decimal?>? Number(string type) => type switch
    {
        "GPU_UTILIZATION" => at => Mean(at, usage => usage.GpuUtilization),
        "GPU_MEMORY_USAGE_BYTES" => at => Used(at, (pod, usage) => pod.Placement.Devices.Count * usage.GpuMemory, ofGpus: true),
        "GPU_MEMORY_REQUEST_BYTES" => at => Held(at, pod => pod.Placement.Devices.Count * model.Granted(pod.Placement), ofGpus: true),
        "CPU_USAGE_CORES" => at => Used(at, (_, usage) => usage.Cpu),
        "CPU_REQUEST_CORES" => at => Held(at, pod => pod.Placement.Cpu),
        "CPU_LIMIT_CORES" => at => Limit(at, compute => (decimal?)(double?)compute?["cpuCoreLimit"]),
        "CPU_MEMORY_USAGE_BYTES" => at => Used(at, (_, usage) => usage.Memory),
        "CPU_MEMORY_REQUEST_BYTES" => at => Held(at, pod => pod.Placement.Memory),
        "CPU_MEMORY_LIMIT_BYTES" => at => Limit(
            at, compute => Quantity.TryParse((string?)compute?["cpuMemoryLimit"], out var bytes) ? bytes : null),
        "POD_COUNT" => at => workload.CreatedAt > at ? null : pods.Count(pod => UsageModel.Holds(pod, at)),
        "RUNNING_POD_COUNT" => at => workload.CreatedAt > at ? null : pods.Count(pod => UsageModel.Runs(pod, at)),
        "GPU_ALLOCATION" => at => Held(at, pod => pod.Placement.Gpu, ofGpus: true),
        _ => null,
    };

    /// <summary>Sum over the pods that ran then; a gap while none did.</summary>
    private decimal? Used(DateTimeOffset at, Func<Pod, PodUsage, decimal> what, bool ofGpus = false)
    {
        var running = Pods(ofGpus).Where(pod => UsageModel.Runs(pod, at)).ToList();
        return running is [] ? null : running.Sum(pod => what(pod, model.Of(workload, pod, at)));
    }

    private decimal? Mean(DateTimeOffset at, Func<PodUsage, decimal> what) =>
        Used(at, (pod, usage) => pod.Placement.Devices.Count * what(usage), ofGpus: true)
        / Pods(ofGpus: true).Where(pod => UsageModel.Runs(pod, at)).Sum(pod => pod.Placement.Devices.Count);

    private decimal? Held(DateTimeOffset at, Func<Pod, decimal> what, bool ofGpus = false)
    {
        var held = Pods(ofGpus).Where(pod => UsageModel.Holds(pod, at)).ToList();
        return held is [] ? null : held.Sum(what);
    }

    private decimal? Limit(DateTimeOffset at, Func<JsonNode?, decimal?> limit) =>
        limit(workload.Spec["compute"]) is { } bound ? Held(at, _ => bound) : null;

    private IEnumerable<Pod> Pods(bool ofGpus) => pods.Where(pod => !ofGpus || pod.Placement.Devices.Count > 0);
}
