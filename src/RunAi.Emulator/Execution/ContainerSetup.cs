using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>What a container would get from a spec: its words, its environment and its working folder.</summary>
internal sealed class ContainerSetup(Seed seed)
{
    /// <summary>The command's words followed by the arguments' words; an error when they cannot be had.</summary>
    public static (IReadOnlyList<string> Words, string? Error) Words(JsonObject spec)
    {
        var words = new List<string>();
        foreach (var name in new[] { "command", "args" })
        {
            if (!WordSplitter.TrySplit((string?)spec[name] ?? "", out var part, out var error))
            {
                return ([], $"{name}: {error}");
            }

            words.AddRange(part);
        }

        return words is []
            ? ([], "neither command nor args is given, and the process executor has no image whose entrypoint it could run")
            : (words, null);
    }

    /// <summary>
    /// PATH, HOME and the spec's variables, nothing of the emulator's own besides; an error when a reference leads nowhere.
    /// </summary>
    public (IReadOnlyDictionary<string, string> Variables, string? Error) Environment(Workload workload, Pod pod, string home)
    {
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = home,
        };
        if (OperatingSystem.IsWindows())
        {
            variables["SystemRoot"] = System.Environment.GetFolderPath(System.Environment.SpecialFolder.Windows);
        }

        foreach (var variable in (workload.Spec["environmentVariables"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (value, error) = Value(variable, pod);
            if (error is not null)
            {
                return (variables, error);
            }

            variables[(string)variable["name"]!] = value!;
        }

        return (variables, null);
    }

    /// <summary>The working folder: workingDir taken relative to the scratch folder if it is there, else the scratch folder.</summary>
    public static string WorkingFolder(JsonObject spec, string scratch)
    {
        var wanted = Path.GetFullPath(Path.Combine(scratch, ((string?)spec["workingDir"] ?? "").TrimStart('/')));
        return wanted.StartsWith(scratch + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Directory.Exists(wanted)
            ? wanted
            : scratch;
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
