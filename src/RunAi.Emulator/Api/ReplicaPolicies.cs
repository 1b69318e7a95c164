using System.Text.Json.Nodes;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Api;

/// <summary>Lays a policy of distributed trainings over the specs of workers and master, and holds both to its rules.</summary>
internal static class ReplicaPolicies
{
    /// <summary>
    /// The specs in force, the master's null where it is the workers' or there is none, and every breach by its field in the request.
    /// </summary>
    public static (JsonObject Spec, JsonObject? Master, IReadOnlyList<ComplianceIssue> Breaches) Apply(
        JsonObject workers, JsonObject body, EffectivePolicy policy)
    {
        var isSame = (bool?)body["masterSpecSameAsWorker"] == true;
        var master = body["masterSpec"] as JsonObject ?? (isSame ? LikeWorkers(workers) : null);
        var submitted = new JsonObject { ["worker"] = workers.DeepClone() };
        if (master is not null)
        {
            submitted["master"] = master.DeepClone();
        }

        var effective = Submission.Read(PolicyDefaults.Apply(submitted, policy))!;
        var breaches = PolicyRules.Check(submitted, effective, policy)
            .Where(issue => master is not null || !issue.Field.StartsWith("master.", StringComparison.Ordinal))
            .Select(issue => issue with { Field = InRequest(issue.Field) }).ToList();
        var (spec, own) = (
            (JsonObject)effective["worker"]!.DeepClone(), master is null ? null : (JsonObject?)effective["master"]?.DeepClone());
        return (spec, isSame && JsonNode.DeepEquals(own, LikeWorkers(spec)) ? null : own, breaches);
    }

    private static JsonObject LikeWorkers(JsonObject workers) => new(workers
        .Where(field => DistributedShape.Master.Properties.ContainsKey(field.Key))
        .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static string InRequest(string path) => path.StartsWith("worker.", StringComparison.Ordinal)
        ? path["worker.".Length..]
        : "masterSpec." + path["master.".Length..];
}
