using System.Globalization;
using System.Text.Json.Nodes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>Which nodes a request may use at all: status, type, taints and required affinity, by Kubernetes' rules.</summary>
internal static class NodeSelection
{
    public static bool Admits(Node node, ResourceRequest request) =>
        node.Status == "Ready"
        && (request.NodeType is null || node.NodeType == request.NodeType)
        && node.Taints.Where(taint => taint.Effect != "PreferNoSchedule")
            .All(taint => (request.Tolerations ?? []).OfType<JsonObject>().Any(t => Tolerates(t, taint)))
        && Matches(node, request.NodeAffinity);

    private static bool Tolerates(JsonObject toleration, Seeding.SeedTaint taint) =>
        ((string?)toleration["effect"] is null or "Any" || (string?)toleration["effect"] == taint.Effect)
        && (string.IsNullOrEmpty((string?)toleration["key"]) || (string?)toleration["key"] == taint.Key)
        && ((string?)toleration["operator"] == "Exists" || (string?)toleration["value"] == taint.Value);

    private static bool Matches(Node node, JsonObject? affinity)
    {
        if (affinity?["nodeSelectorTerms"] is not JsonArray { Count: > 0 } terms)
        {
            return true;
        }

        return terms.OfType<JsonObject>().Any(term =>
            term["matchExpressions"] is JsonArray { Count: > 0 } all
            && all.OfType<JsonObject>().All(e => Matches(node, e, (string?)e["operator"])));
    }

    private static bool Matches(Node node, JsonObject expression, string? op)
    {
        var present = node.Labels.TryGetValue((string?)expression["key"] ?? "", out var label);
        var values = (expression["values"] as JsonArray ?? []).Select(value => (string?)value).ToList();
        return op switch
        {
            "In" => present && values.Contains(label),
            "NotIn" => !present || !values.Contains(label),
            "Exists" => present,
            "DoesNotExist" => !present,
            "Gt" => Compare(label, values) > 0,
            "Lt" => Compare(label, values) < 0,
            _ => false,
        };
    }

    private static int Compare(string? label, List<string?> values) =>
        values is [var only]
        && long.TryParse(label, CultureInfo.InvariantCulture, out var a)
        && long.TryParse(only, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : 0;
}
