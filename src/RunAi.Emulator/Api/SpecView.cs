using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>What of a workload's row follows from its spec, which never changes: worked out once, not for each list.</summary>
internal sealed class SpecView
{
    private static readonly ConditionalWeakTable<Workload, SpecView> Known = new();

    private readonly IReadOnlyList<PodGroup> _groups;

    private SpecView(Workload workload)
    {
        var (spec, request) = (workload.Spec, workload.Request);
        _groups = Groups(workload);
        Category = (string?)spec["category"] ?? "Train";
        RequestedPods = new(
            request.Parts.Sum(part => part.Slots), Int(spec["minReplicas"]), Int(spec["maxReplicas"]), Int(spec["parallelism"]),
            Int(spec["completions"]));
        Requested = Of(_groups);
        RequestedByPod = Of([new(spec, request, 1)]);
        Images = [.. _groups.Select(group => (string?)group.Spec["image"] ?? "").Distinct()];
        Command = (string?)spec["command"];
        Arguments = (string?)spec["args"];
        EnvironmentVariables = Environment(spec);
    }

    public string Category { get; }

    public RequestedPodsRow RequestedPods { get; }

    /// <summary>What all its pods ask for.</summary>
    public RequestedResourcesRow Requested { get; }

    /// <summary>What one of its usual pods asks for.</summary>
    public RequestedResourcesRow RequestedByPod { get; }

    public IReadOnlyList<string> Images { get; }

    public string? Command { get; }

    public string? Arguments { get; }

    public IReadOnlyDictionary<string, string>? EnvironmentVariables { get; }

    public static SpecView Of(Workload workload) => Known.GetValue(workload, static item => new SpecView(item));

    /// <summary>What one pod asks for.</summary>
    public static RequestedResourcesRow RequestedBy(Workload workload, Pod pod) =>
        Of([Of(workload)._groups.First(group => group.Spec == workload.SpecOf(pod)) with { Pods = 1 }]);

    private static RequestedResourcesRow Of(IReadOnlyList<PodGroup> groups)
    {
        var (byPortion, byMemory) = (
            groups.Where(group => group.Request is { Devices: > 0, DeviceMemory: null }).ToList(),
            groups.Where(group => group.Request is { Devices: > 0, DeviceMemory: not null }).ToList());
        return new RequestedResourcesRow
        {
            GpuRequestType = byMemory is not [] ? "memory" : byPortion is not [] ? "portion" : null,
            Gpu = byPortion is [] ? null : new(
                byPortion.Sum(group => group.Gpus * group.Request.Portion),
                Sum(byPortion, group => group.Gpus * Number(group.Compute?["gpuPortionLimit"]))),
            GpuMemory = byMemory is [] ? null : new(
                Quantity.Format(byMemory.Sum(group => group.Gpus * group.Request.DeviceMemory!.Value)),
                Format(Sum(byMemory, group => group.Gpus * Bytes(group.Compute?["gpuMemoryLimit"])))),
            Cpu = new(groups.Sum(group => group.Pods * group.Request.Cpu), Sum(
                groups, group => group.Pods * Number(group.Compute?["cpuCoreLimit"]))),
            CpuMemory = new(
                Quantity.Format(groups.Sum(group => group.Pods * group.Request.Memory)),
                Format(Sum(groups, group => group.Pods * Bytes(group.Compute?["cpuMemoryLimit"])))),
        };
    }

    /// <summary>The kinds of pods of a workload; a leader's first.</summary>
    private static IReadOnlyList<PodGroup> Groups(Workload workload)
    {
        var request = workload.Request;
        PodGroup all = new(workload.Spec, request, request.Slots);
        return request.Leader is { } leader ? [new(workload.MasterSpec ?? workload.Spec, leader, 1), all] : [all];
    }

    /// <summary>A sum that is known only when every part is.</summary>
    private static decimal? Sum(IReadOnlyList<PodGroup> groups, Func<PodGroup, decimal?> amount) =>
        groups.Any(group => amount(group) is null) ? null : groups.Sum(amount);

    private static Dictionary<string, string>? Environment(JsonObject spec)
    {
        if (spec["environmentVariables"] is not JsonArray { Count: > 0 } variables)
        {
            return null;
        }

        var plain = new Dictionary<string, string>();
        foreach (var variable in variables.OfType<JsonObject>())
        {
            if ((string?)variable["value"] is { } value)
            {
                plain[(string)variable["name"]!] = value;
            }
        }

        return plain;
    }

    private static int? Int(JsonNode? node) => node is null ? null : (int)node.GetValue<double>();

    private static decimal? Number(JsonNode? node) => node is null ? null : Convert.ToDecimal(node.GetValue<double>());

    private static decimal? Bytes(JsonNode? node) => Quantity.TryParse((string?)node, out var bytes) ? bytes : null;

    private static string? Format(decimal? bytes) => bytes is { } known ? Quantity.Format(known) : null;

    /// <summary>Pods that ask for the same.</summary>
    private sealed record PodGroup(JsonObject Spec, ResourceRequest Request, int Pods)
    {
        public JsonNode? Compute => Spec["compute"];

        public int Gpus => Pods * Request.Devices;
    }
}
