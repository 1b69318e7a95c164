using System.Globalization;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Scheduling;

/// <summary>What each pod of a workload asks for, read from its spec.</summary>
internal sealed record ResourceRequest
{
    /// <summary>Number of GPU devices.</summary>
    public int Devices { get; init; }

    /// <summary>Share of each device, when the request is not by memory.</summary>
    public decimal Portion { get; init; } = 1;

    /// <summary>Bytes of each device, when the request is by memory.</summary>
    public decimal? DeviceMemory { get; init; }

    /// <summary>Cores.</summary>
    public decimal Cpu { get; init; }

    /// <summary>Bytes.</summary>
    public decimal Memory { get; init; }

    public IReadOnlyList<string> NodePools { get; init; } = [];

    public string? NodeType { get; init; }

    /// <summary>Pods that run at once; they are placed together or not at all.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>What one more pod, the master of a distributed training, asks for; it is placed together with the others.</summary>
    public ResourceRequest? Leader { get; init; }

    /// <summary>Each kind of pod; the leader first.</summary>
    public IEnumerable<ResourceRequest> Parts => Leader is null ? [this] : [Leader, this];

    /// <summary>Pods that have to end well.</summary>
    public int Completions { get; init; } = 1;

    public JsonArray? Tolerations { get; init; }

    public JsonObject? NodeAffinity { get; init; }

    /// <summary>Equal for workloads that fit in the same places.</summary>
    public required string Key { get; init; }

    /// <param name="spec">The spec of the pods, or of a distributed training's workers.</param>
    /// <param name="master">The spec of its master; null without one.</param>
    public static ResourceRequest From(JsonObject spec, JsonObject? master = null)
    {
        var compute = spec["compute"] as JsonObject ?? [];
        var byMemory = (string?)compute["gpuRequestType"] == "memory";
        var portion = byMemory ? null : Number(compute["gpuPortionRequest"]);
        var memory = byMemory ? Amount(compute["gpuMemoryRequest"]) : null;
        var asksForShare = portion > 0 || memory > 0;
        var parallelism = (int?)Number(spec["numWorkers"] ?? spec["parallelism"]);
        var completions = Math.Max(1, (int?)Number(spec["completions"]) ?? parallelism ?? 1);
        var request = new ResourceRequest
        {
            Key = "",
            Devices = (int?)Number(compute["gpuDevicesRequest"]) ?? (asksForShare ? 1 : 0),
            Portion = portion is > 0 ? portion.Value : 1,
            DeviceMemory = memory,
            Cpu = Number(compute["cpuCoreRequest"]) ?? 0,
            Memory = Amount(compute["cpuMemoryRequest"]) ?? 0,
            NodePools = [.. (spec["nodePools"] as JsonArray ?? []).Select(pool => (string)pool!)],
            NodeType = (string?)spec["nodeType"],
            Slots = Math.Clamp(parallelism ?? 1, 1, completions),
            Completions = completions,
            Tolerations = spec["tolerations"] as JsonArray,
            NodeAffinity = spec["nodeAffinityRequired"] as JsonObject,
            Leader = master is null ? null : From(master) with { Slots = 1, Completions = 1 },
        };
        return request with { Key = request.MakeKey() + "|" + request.Leader?.Key };
    }

    /// <summary>The share of each device on a node with devices of this many bytes.</summary>
    public decimal PortionOf(decimal deviceMemory) => DeviceMemory is { } bytes
        ? decimal.Round(bytes / deviceMemory, 6, MidpointRounding.ToPositiveInfinity)
        : Portion;

    private string MakeKey() => string.Create(CultureInfo.InvariantCulture,
        $"{Devices}|{Portion}|{DeviceMemory}|{Cpu}|{Memory}|{string.Join(',', NodePools)}|{NodeType}|{Slots}|")
        + Tolerations?.ToJsonString() + "|" + NodeAffinity?.ToJsonString();

    private static decimal? Number(JsonNode? node) => node is null ? null : Convert.ToDecimal(node.GetValue<double>());

    private static decimal? Amount(JsonNode? node) => Quantity.TryParse((string?)node, out var value) ? value : null;
}
