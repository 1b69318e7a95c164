using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using RunAi.Emulator.Execution.Images;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution.Processes;

/// <summary>
/// Translates a container into a process of this machine: the scratch folder stands for its root, and what an image
/// without its base layers lacks comes from the machine.
/// </summary>
internal sealed class ProcessPlanner(ContainerSetup setup)
{
    /// <summary>The plan for a pod, or why there is none.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="pod">Its pod.</param>
    /// <param name="image">What the image says, when its layers are in the scratch folder; null when nothing was unpacked.</param>
    /// <param name="scratch">The pod's own folder.</param>
    public (ProcessPlan? Plan, string? Error) Plan(Workload workload, Pod pod, ImageConfig? image, string scratch)
    {
        var spec = workload.SpecOf(pod);
        var (command, error) = ContainerSetup.Words(spec, "command");
        (var args, error) = error is null ? ContainerSetup.Words(spec, "args") : ([], error);
        (var variables, error) = error is null ? setup.Variables(workload, pod) : (new Dictionary<string, string>(), error);
        if ((error ??= MountFault(spec)) is not null)
        {
            return (null, error);
        }

        IReadOnlyList<string> words = image is null ? [.. command, .. args] : Words(image, command, args);
        if (words is [])
        {
            return (null, "neither command nor args is given, and the process executor has no image whose entrypoint it could run");
        }

        var root = new RootFolder(scratch);
        return image is null
            ? (new ProcessPlan(words, Bare(variables, scratch), Folder(spec, scratch)), null)
            : (new ProcessPlan(
                [Program(words[0], root), .. words.Skip(1)], Unpacked(image, variables, root), Folder(spec, image, root)), null);
    }

    /// <summary>
    /// The command takes the place of entrypoint and arguments of the image, args that of its arguments, as Kubernetes has it.
    /// </summary>
    private static IReadOnlyList<string> Words(ImageConfig image, IReadOnlyList<string> command, IReadOnlyList<string> args) =>
        (command, args) switch
        {
            ([], []) => [.. image.Entrypoint, .. image.Cmd],
            ([], _) => [.. image.Entrypoint, .. args],
            _ => [.. command, .. args],
        };

    /// <summary>A process sees this machine's paths only, so a mount must be where it comes from.</summary>
    private static string? MountFault(JsonObject spec) => ContainerSetup.HostPaths(spec)
        .Select(mount => Path.TrimEndingDirectorySeparator(mount.Path) != Path.TrimEndingDirectorySeparator(mount.MountPath)
            ? $"hostPath {mount.Path}: the process executor mounts nothing, so the mount path must be the same and not {mount.MountPath}"
            : Path.Exists(mount.Path) ? null : $"hostPath {mount.Path}: there is no such path on this machine")
        .FirstOrDefault(fault => fault is not null);

    private static string Program(string word, RootFolder root) =>
        word.StartsWith('/') && root.Resolve(word) is var inside && File.Exists(inside) ? inside : word;

    /// <summary>PATH and HOME, under the spec's variables.</summary>
    private static Dictionary<string, string> Bare(IReadOnlyDictionary<string, string> variables, string scratch)
    {
        var all = new Dictionary<string, string> { ["PATH"] = HostPathVariable(), ["HOME"] = scratch };
        if (OperatingSystem.IsWindows())
        {
            all["SystemRoot"] = Environment.GetFolderPath(Environment.SpecialFolder.Windows);
        }

        return Over(all, variables);
    }

    /// <summary>
    /// The image's variables under the spec's. PATH leads into the root first and to the machine's programs then; where the spec gives it,
    /// to those of its folders that the machine has, too. A .NET program of the image finds this emulator's runtime; the step runner's
    /// folders are in the root.
    /// </summary>
    private static Dictionary<string, string> Unpacked(ImageConfig image, IReadOnlyDictionary<string, string> variables, RootFolder root)
    {
        var all = Bare(new Dictionary<string, string>(), root.FullPath);
        all["RUNAI_HOME"] = Path.Combine(root.FullPath, "runai");
        all["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        foreach (var (name, value) in image.Env.Where(entry => entry.Key != "HOME"))
        {
            all[name] = value;
        }

        Over(all, variables);
        var given = variables.GetValueOrDefault("PATH");
        string[] folders =
        [
            .. (given ?? image.Env.LastOrDefault(entry => entry.Key == "PATH").Value ?? "").Split(':')
                .Where(folder => folder.StartsWith('/')),
        ];
        var machine = given is null ? [HostPathVariable()] : folders.Where(Directory.Exists);
        all["PATH"] = string.Join(
            Path.PathSeparator, folders.Select(folder => root.Resolve(folder)).Where(Directory.Exists).Concat(machine));
        return all;
    }

    /// <summary>Without an image: workingDir taken relative to the scratch folder if it is there, else the scratch folder.</summary>
    private static string Folder(JsonObject spec, string scratch)
    {
        var wanted = Path.GetFullPath(Path.Combine(scratch, ((string?)spec["workingDir"] ?? "").TrimStart('/')));
        return wanted.StartsWith(scratch + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Directory.Exists(wanted)
            ? wanted
            : scratch;
    }

    /// <summary>With an image: the working folder inside the root, made when the image lacks it, as container engines do.</summary>
    private static string Folder(JsonObject spec, ImageConfig image, RootFolder root) =>
        Directory.CreateDirectory(root.Resolve((string?)spec["workingDir"] ?? image.WorkingDir)).FullName;

    private static Dictionary<string, string> Over(Dictionary<string, string> all, IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            all[name] = value;
        }

        return all;
    }

    private static string HostPathVariable() => Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
}
