using Newtonsoft.Json.Linq;
using RunAi.Policies;

namespace RunAi.Preflight;

/// <summary>What a spec asks of the GPUs, with the policy's defaults in it.</summary>
/// <param name="Devices">How many devices each pod takes a share of; 0 for a step without GPU.</param>
/// <param name="Portion">The share of each device; null when it is asked for by memory.</param>
/// <param name="DeviceBytes">The memory of each device; null when a share is asked for.</param>
/// <param name="Pods">How many pods run at once.</param>
internal sealed record GpuRequest(int Devices, decimal? Portion, decimal? DeviceBytes, int Pods)
{
    /// <summary>The memory of each device as the user wrote it, such as <c>20Gi</c>; null when a share is asked for.</summary>
    public string? DeviceText { get; init; }

    /// <summary>What other pods of the workload, a master's, ask for.</summary>
    public IReadOnlyList<GpuRequest> Others { get; init; } = [];

    /// <summary>Reads a complete spec.</summary>
    public static GpuRequest Of(JObject spec)
    {
        var compute = spec["compute"] as JObject ?? [];
        var bytes = (string?)compute["gpuRequestType"] == "memory" ? PolicyAmount.Of(compute["gpuMemoryRequest"]) : null;
        var portion = bytes is null ? PolicyAmount.Of(compute["gpuPortionRequest"]) : null;
        var devices = (int?)PolicyAmount.Of(compute["gpuDevicesRequest"]) ?? (bytes > 0 || portion > 0 ? 1 : 0);
        var pods = Math.Max(1, (int?)PolicyAmount.Of(spec["numWorkers"] ?? spec["parallelism"]) ?? 1);
        return new GpuRequest(devices, bytes is null ? portion ?? 1 : null, bytes, pods)
        {
            DeviceText = bytes is null ? null : (string?)compute["gpuMemoryRequest"],
        };
    }

    /// <summary>The share of a device of so much memory that one pod takes; null when it is not known how much there is.</summary>
    public decimal? ShareOf(decimal? deviceBytes) => Portion ?? (deviceBytes > 0 ? DeviceBytes / deviceBytes : null);

    /// <summary>All it takes, in whole GPUs of devices of so much memory.</summary>
    public decimal? Total(decimal? deviceBytes) =>
        Others.Aggregate(ShareOf(deviceBytes) * Devices * Pods, (sum, other) => sum + other.Total(deviceBytes));
}
