using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>
/// The rules of a spec that the document states in prose ("mandatory", "required if and only if"), and Kubernetes' for names.
/// </summary>
internal sealed partial class SpecRules
{
    private static readonly string[] Quantities = ["gpuMemoryRequest", "gpuMemoryLimit", "cpuMemoryRequest", "cpuMemoryLimit"];
    private static readonly string[] Sources = ["value", "secret", "configMap", "podFieldRef", "userCredential"];

    private readonly List<ComplianceIssue> _issues = [];
    private readonly JsonObject _spec;

    private SpecRules(JsonObject spec) => _spec = spec;

    public static IReadOnlyList<ComplianceIssue> Check(string name, JsonObject spec, Organisation organisation)
    {
        var sense = new SpecRules(spec);
        sense.Require(name.Length <= 63 && DnsLabel().IsMatch(name), "name", "value must be a DNS label of at most 63 characters");
        sense.Require(spec["image"] is not null, "image", "value is mandatory");
        sense.Require(
            spec["tty"] is null || (bool?)spec["tty"] == false || (bool?)spec["stdin"] == true, "tty", "it needs stdin to be true");
        sense.Compute();
        sense.Items();
        foreach (var pool in (spec["nodePools"] as JsonArray ?? []).Select(pool => (string)pool!))
        {
            sense.Require(organisation.PoolByName(pool) is not null, "nodePools", $"there is no node pool {pool}");
        }

        if ((string?)spec["priorityClass"] is { } priority)
        {
            sense.Require(organisation.Priorities.Any(known => known.Name == priority), "priorityClass",
                $"value must be one of {string.Join(", ", organisation.Priorities.Select(known => known.Name))}");
        }

        return sense._issues;
    }

    private void Compute()
    {
        var compute = _spec["compute"] as JsonObject ?? [];
        var devices = Number(compute, "gpuDevicesRequest");
        var type = (string?)compute["gpuRequestType"];
        var portion = Number(compute, "gpuPortionRequest");
        Require(type != "portion" || portion is not null, "compute.gpuPortionRequest", "value is required when gpuRequestType is portion");
        Require(type != "memory" || compute["gpuMemoryRequest"] is not null,
            "compute.gpuMemoryRequest", "value is required when gpuRequestType is memory");
        Require(compute["gpuMemoryRequest"] is null || type == "memory",
            "compute.gpuMemoryRequest", "value is allowed only when gpuRequestType is memory");
        Require(portion is null || type != "memory", "compute.gpuPortionRequest", "value is not allowed when gpuRequestType is memory");
        Require(portion is null or (>= 0 and <= 1), "compute.gpuPortionRequest", "value must be between 0 and 1");
        Require(!(devices > 1) || type != "memory", "compute.gpuRequestType", "only portion is supported with more than one device");
        NotBelow(compute, "gpuPortionLimit", "gpuPortionRequest");
        NotBelow(compute, "gpuMemoryLimit", "gpuMemoryRequest");
        NotBelow(compute, "cpuCoreLimit", "cpuCoreRequest");
        NotBelow(compute, "cpuMemoryLimit", "cpuMemoryRequest");
        foreach (var field in Quantities)
        {
            Require(
                compute[field] is null || Quantity.TryParse((string?)compute[field], out _), "compute." + field, "value is no quantity");
        }
    }

    private void Items()
    {
        foreach (var variable in List(_spec["environmentVariables"]))
        {
            Require(variable["name"] is not null, "environmentVariables", "name is mandatory");
            var sources = Sources.Count(key => variable[key] is not null);
            Require(sources == 1, "environmentVariables",
                $"{variable["name"]}: value, secret, configMap, podFieldRef and userCredential exclude each other and one is needed");
        }

        Mandatory("annotations", "name");
        Mandatory("labels", "name");
        Mandatory("imagePullSecrets", "name");
        Mandatory("ports", "container", "serviceType");
        Mandatory("exposedUrls", "container");
        Mandatory("relatedUrls", "url", "type");
        Mandatory("tolerations", "operator", "key", "effect");
        Mandatory("storage.pvc", "path");
        Mandatory("storage.nfs", "server", "path", "mountPath");
        Mandatory("storage.hostPath", "path", "mountPath");
        Mandatory("storage.s3", "bucket", "path");
        Mandatory("storage.git", "repository", "path");
        Mandatory("storage.configMapVolume", "configMap", "mountPath");
        Mandatory("storage.secretVolume", "secret", "mountPath");
        Mandatory("storage.emptyDirVolume", "path");
        Mandatory("storage.dataVolume", "id", "mountPath");
    }

    private void Mandatory(string path, params string[] names)
    {
        var node = path.Split('.').Aggregate((JsonNode?)_spec, (parent, name) => parent?[name]);
        foreach (var item in List(node))
        {
            foreach (var name in names)
            {
                Require(item[name] is not null, $"{path}.{name}", "value is mandatory");
            }
        }
    }

    private void NotBelow(JsonObject compute, string limit, string request) => Require(
        !(Number(compute, limit) < Number(compute, request)), "compute." + limit, $"value must be no less than {request}");

    private void Require(bool holds, string field, string details)
    {
        if (!holds)
        {
            _issues.Add(new(field, details));
        }
    }

    private static decimal? Number(JsonObject compute, string name) => compute[name] switch
    {
        null => null,
        var node when node.GetValueKind() == System.Text.Json.JsonValueKind.Number => Convert.ToDecimal(node.GetValue<double>()),
        var node => Quantity.TryParse((string?)node, out var bytes) ? bytes : null,
    };

    private static IEnumerable<JsonObject> List(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex DnsLabel();
}
