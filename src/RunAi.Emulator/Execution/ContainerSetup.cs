using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>What a container would get from a spec: its words, its variables and what is mounted into it.</summary>
internal sealed class ContainerSetup(Seed seed)
{
    /// <summary>The words of a text of the spec, <c>command</c> or <c>args</c>; an error when they cannot be had.</summary>
    public static (IReadOnlyList<string> Words, string? Error) Words(JsonObject spec, string name) =>
        WordSplitter.TrySplit((string?)spec[name] ?? "", out var words, out var error) ? (words, null) : ([], $"{name}: {error}");

    /// <summary>Folders of this machine that the spec mounts.</summary>
    public static IReadOnlyList<HostPath> HostPaths(JsonObject spec) =>
    [
        .. (spec["storage"]?["hostPath"] as JsonArray ?? []).OfType<JsonObject>().Select(mount =>
            new HostPath((string)mount["path"]!, (string)mount["mountPath"]!, (bool?)mount["readOnly"] ?? true)),
    ];

    /// <summary>The names of the secrets the image may be pulled with.</summary>
    public static IReadOnlyList<string> PullSecrets(JsonObject spec) =>
        [.. (spec["imagePullSecrets"] as JsonArray ?? []).OfType<JsonObject>().Select(secret => (string)secret["name"]!)];

    /// <summary>Pulls the images of all kinds of pods; gives the first failure, or null.</summary>
    public static Task<string?> PullAllAsync(Workload workload, Func<JsonObject, Task<string?>> pull)
    {
        var first = pull(workload.Spec);
        return workload.MasterSpec is not { } master ? first : BothAsync(first, pull(master));
    }

    private static async Task<string?> BothAsync(Task<string?> first, Task<string?> second) =>
        await first.ConfigureAwait(false) ?? await second.ConfigureAwait(false);

    /// <summary>The spec's variables, and those of a replica; an error when a reference leads nowhere.</summary>
    public (IReadOnlyDictionary<string, string> Variables, string? Error) Variables(Workload workload, Pod pod)
    {
        var variables = new Dictionary<string, string>();
        if (pod.Role is not null)
        {
            variables["HOSTNAME"] = pod.Name;
        }

        foreach (var variable in (workload.SpecOf(pod)["environmentVariables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (value, error) = Value(variable, pod);
            if (error is not null)
            {
                return (variables, error);
            }

            variables[(string)variable["name"]!] = value!;
        }

        foreach (var (name, value) in ReplicaEnvironment.Of(workload, pod))
        {
            variables[name] = value;
        }

        return (variables, null);
    }

    private (string? Value, string? Error) Value(JsonObject variable, Pod pod)
    {
        if (variable["secret"] is JsonObject secret)
        {
            return Lookup(seed.Secrets, "secret", secret);
        }

        if (variable["userCredential"] is JsonObject credential)
        {
            return Lookup(seed.Secrets, "user credential", credential);
        }

        if (variable["configMap"] is JsonObject map)
        {
            return Lookup(seed.ConfigMaps, "configmap", map);
        }

        if (variable["podFieldRef"] is JsonObject field)
        {
            return (string?)field["path"] switch
            {
                "metadata.name" => (pod.Name, null),
                "metadata.uid" => (pod.Id.ToString(), null),
                "spec.nodeName" => (pod.Placement.Node, null),
                var path => (null, $"the pod field \"{path}\" is not known"),
            };
        }

        return ((string?)variable["value"] ?? "", null);
    }

    private static (string? Value, string? Error) Lookup(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> all, string kind, JsonObject reference)
    {
        var (name, key) = ((string?)reference["name"] ?? "", (string?)reference["key"] ?? "");
        if (!all.TryGetValue(name, out var entries))
        {
            return (null, $"{kind} \"{name}\" not found");
        }

        return entries.TryGetValue(key, out var value) ? (value, null) : (null, $"couldn't find key {key} in {kind} {name}");
    }
}
