using System.Collections;
using RunAi.Images;
using RunAi.RunManifest;

namespace RunAi.Steps;

/// <summary>Keeps mounts off the paths of a step's container that the step runner and the step's code lie at.</summary>
internal static class RunnerPaths
{
    private const string Home = "/runai";

    /// <summary>The mounts that would hide the step runner, its inputs and outputs, or the code.</summary>
    public static IEnumerable<Violation> Violations(Step step, StepSettings settings)
    {
        if (!step.NeedsRunner)
        {
            return [];
        }

        var runner = Manifest.RunnerPath.Substring(0, Manifest.RunnerPath.LastIndexOf('/'));
        var home = (step.Environment ?? new Hashtable()).Contains(Manifest.HomeVariable) ? null : Home;
        var code = string.IsNullOrEmpty(step.Source) ? null : step.WorkingDir ?? WorkingFolder.Default;
        return Mounts(settings).SelectMany(mount => new[]
        {
            // An empty folder gives inputs and outputs room, anything else would mix them with another run's.
            home is not null && (IsWithin(mount.Path, home) || IsWithin(home, mount.Path))
            && (mount.Path != home || mount.Kind != "emptyDir")
                ? $"is in {home}, where the step's inputs and outputs go. Mount it elsewhere, or set the environment variable "
                    + $"{Manifest.HomeVariable} to another folder."
                : null,
            IsWithin(mount.Path, runner) || IsWithin(runner, mount.Path)
                ? $"is in {runner}, where the step runner is. Mount it elsewhere."
                : null,
            code is not null && IsWithin(code, mount.Path)
                ? $"would hide the step's code in {code}. Mount it elsewhere, or set WorkingDir to another folder."
                : null,
        }.OfType<string>().Select(flaw => new Violation(mount.Field, $"{mount.Path} {flaw}")));
    }

    /// <summary>The mounts at the place of a folder that holds the artifact store.</summary>
    public static IEnumerable<Violation> OfStore(StepSettings settings, string folder) => Mounts(settings)
        .Where(mount => IsWithin(folder, mount.Path))
        .Select(mount => new Violation(
            mount.Field, $"{mount.Path} would hide the artifact store, which the container sees at {folder}. Mount it elsewhere."));

    private static IEnumerable<(string Field, string Path, string Kind)> Mounts(StepSettings settings) =>
        (settings.Mount ?? []).Select((mount, at) => ($"Mount[{at}].Path", mount.Path?.TrimEnd('/') ?? "", mount.Kind))
            .Where(mount => mount.Item2.Length > 0);

    private static bool IsWithin(string path, string folder) =>
        (path.TrimEnd('/') + "/").StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
