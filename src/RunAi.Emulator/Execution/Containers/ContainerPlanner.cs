using System.Text.Json.Nodes;
using Docker.DotNet.Models;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution.Containers;

/// <summary>
/// Translates a pod into the container that an engine is asked to make. The network is the machine's own, so that it reaches the same
/// addresses.
/// </summary>
internal sealed class ContainerPlanner(ContainerSetup setup)
{
    private static readonly string[] Unsupported = ["pvc", "nfs", "s3", "git", "configMapVolume", "secretVolume", "dataVolume"];

    /// <summary>Which limits the engine can hold containers to; others are not asked for.</summary>
    public (bool Memory, bool Cpu) Limits { get; set; }

    /// <summary>What to make, or why it cannot be made.</summary>
    public (CreateContainerParameters? Container, string? Error) Plan(
        Workload workload, Pod pod, string image, IReadOnlyDictionary<string, string> labels)
    {
        var spec = workload.SpecOf(pod);
        var (command, error) = ContainerSetup.Words(spec, "command");
        (var args, error) = error is null ? ContainerSetup.Words(spec, "args") : ([], error);
        (var variables, error) = error is null ? setup.Variables(workload, pod) : (new Dictionary<string, string>(), error);
        if ((error ??= StorageFault(spec)) is not null)
        {
            return (null, error);
        }

        var container = new CreateContainerParameters
        {
            Name = $"runai-{pod.Name}-{pod.Id.ToString("N")[..8]}",
            Image = image,
            Env = [.. variables.Select(variable => $"{variable.Key}={variable.Value}")],
            WorkingDir = (string?)spec["workingDir"] ?? "",
            User = User(spec["security"]),
            Labels = labels.ToDictionary(),
            HostConfig = Host(spec),
        };

        // An empty list would take away what the image says.
        if (command is not [])
        {
            container.Entrypoint = [.. command];
        }

        if (args is not [])
        {
            container.Cmd = [.. args];
        }

        return (container, null);
    }

    private static string? StorageFault(JsonObject spec) => Unsupported
        .Where(kind => spec["storage"]?[kind] is JsonArray { Count: > 0 })
        .Select(kind => $"storage.{kind}: the container executor mounts hostPath and emptyDirVolume only")
        .FirstOrDefault();

    private HostConfig Host(JsonObject spec)
    {
        var (compute, security) = (spec["compute"], spec["security"]);
        var emptyDirs = (spec["storage"]?["emptyDirVolume"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return new HostConfig
        {
            NetworkMode = "host",
            Mounts =
            [
                .. ContainerSetup.HostPaths(spec).Select(mount =>
                    new Mount { Type = "bind", Source = mount.Path, Target = mount.MountPath, ReadOnly = mount.ReadOnly }),
                .. emptyDirs.Where(folder => !IsInMemory(folder))
                    .Select(folder => new Mount { Type = "volume", Target = (string)folder["path"]! }),
            ],
            Tmpfs = emptyDirs.Where(IsInMemory).ToDictionary(
                folder => (string)folder["path"]!,
                folder => Bytes(folder["sizeLimit"]) is { } size ? FormattableString.Invariant($"size={size}") : ""),
            Memory = Limits.Memory ? Bytes(compute?["cpuMemoryLimit"]) ?? 0 : 0,
            NanoCPUs = Limits.Cpu ? (long)(((double?)compute?["cpuCoreLimit"] ?? 0) * 1e9) : 0,
            ReadonlyRootfs = (bool?)security?["readOnlyRootFilesystem"] ?? false,
            SecurityOpt = (bool?)security?["allowPrivilegeEscalation"] == false ? ["no-new-privileges"] : [],
            CapAdd = security?["capabilities"] is JsonArray added ? [.. added.Select(jsonNode => (string)jsonNode!)] : [],
            GroupAdd = ((string?)security?["supplementalGroups"] ?? "").Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    private static bool IsInMemory(JsonObject folder) => (string?)folder["medium"] == "Memory";

    /// <summary>uid:gid, as far as the spec names them; else the image decides.</summary>
    private static string User(JsonNode? security)
    {
        var (user, group) = ((long?)(double?)security?["runAsUid"], (long?)(double?)security?["runAsGid"]);
        return (user, group) switch
        {
            (null, null) => "",
            ({ } uid, null) => FormattableString.Invariant($"{uid}"),
            var (uid, gid) => FormattableString.Invariant($"{uid ?? 0}:{gid}"),
        };
    }

    private static long? Bytes(JsonNode? quantity) =>
        quantity is not null && Quantity.TryParse((string?)quantity, out var bytes) ? (long)bytes : null;
}
