using Newtonsoft.Json.Linq;
using RunAi.Steps;

namespace RunAi.Measuring;

/// <summary>What each pod of a training asks for, as its specification in force says.</summary>
internal sealed record PodRequest
{
    public int GpuDevices { get; init; }

    /// <summary>True when GPUs are asked for by bytes of memory, not by portions.</summary>
    public bool ByGpuMemory { get; init; }

    /// <summary>The share of each device, when it is asked for by portions.</summary>
    public double GpuPortion { get; init; } = 1;

    /// <summary>Bytes a pod may use at most; null when there is no limit.</summary>
    public double? MemoryLimit { get; init; }

    public static PodRequest Of(JObject? spec)
    {
        var compute = spec?["compute"] as JObject ?? [];
        return new PodRequest
        {
            GpuDevices = (int?)Number(compute["gpuDevicesRequest"]) ?? 0,
            ByGpuMemory = (string?)compute["gpuRequestType"] == "memory",
            GpuPortion = Number(compute["gpuPortionRequest"]) ?? 1,
            MemoryLimit = Bytes((string?)compute["cpuMemoryLimit"]),
        };
    }

    /// <summary>A Kubernetes quantity as a number.</summary>
    public static double? Bytes(string? quantity) =>
        quantity is not null && Quantity.TryParse(quantity, out var bytes, out _) ? bytes.ToDouble() : null;

    private static double? Number(JToken? value) => value is JValue { Value: not null } ? (double?)value : null;
}
