using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Json;
using RunAi.Policies;
using RunAi.Specs;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>The digest of all that makes a step's result: two steps with the same key have the same outputs.</summary>
internal static class CacheKey
{
    /// <summary>Settings that say where, when and for how long a step runs, and not what comes of it.</summary>
    private static readonly HashSet<string> NotResults = new(StringComparer.Ordinal)
    {
        nameof(StepSettings.NodePools), nameof(StepSettings.NodeType), nameof(StepSettings.Preemptibility),
        nameof(StepSettings.PriorityClass), nameof(StepSettings.Label), nameof(StepSettings.Annotation), nameof(StepSettings.BackoffLimit),
        nameof(StepSettings.TerminationGracePeriod), nameof(StepSettings.TerminateAfterPreemption), nameof(StepSettings.ImagePullPolicy),
        nameof(StepSettings.AutoDeletionTimeAfterCompletion), nameof(StepSettings.Category), nameof(StepSettings.RestartPolicy),
        nameof(StepSettings.WorkloadTimeout), nameof(StepSettings.PendingTimeout), nameof(StepSettings.RunTimeout),
        nameof(StepSettings.Deadline), nameof(StepSettings.MaxGpuHours), nameof(StepSettings.StopWhenIdle), nameof(StepSettings.Toleration),
        nameof(StepSettings.NodeAffinity), nameof(StepSettings.PodAffinity), nameof(StepSettings.Port), nameof(StepSettings.ExposedUrl),
        nameof(StepSettings.RelatedUrl),
        nameof(StepSettings.ReadinessProbe), nameof(StepSettings.ImagePullSecret), nameof(StepSettings.Stdin), nameof(StepSettings.Tty),
    };

    /// <param name="parsed">The step: its command, environment, names of outputs and the settings that hold for it.</param>
    /// <param name="content">Its image, which holds the code, and its inputs, by digest.</param>
    public static string Of(ParsedStep parsed, RunContent content)
    {
        var step = parsed.Step;
        var facts = new JObject
        {
            ["version"] = 1,
            ["image"] = content.Image.Substring(content.Image.LastIndexOf('@') + 1),
            ["workingDir"] = step.WorkingDir,
            ["command"] = new JArray(step.Command),
            ["environment"] = Variables(parsed.Environment),
            ["settings"] = Settings(parsed.Settings),
            ["inputs"] = new JArray(content.Inputs
                .OrderBy(input => input.Name, StringComparer.Ordinal)
                .Select(input => new JArray(input.Name, input.Descriptor.MediaType, input.Descriptor.FileName, input.Descriptor.Digest))),
            ["outputs"] = new JArray(step.Output.OrderBy(name => name, StringComparer.Ordinal)),
        };
        if (step.Distribution is { } distribution)
        {
            facts["distribution"] = Facts(distribution, parsed.MasterEnvironment);
        }

        return Digest.Hex(Digest.Of(Encoding.UTF8.GetBytes(WireJson.Write(facts))));
    }

    private static JObject Facts(StepDistribution distribution, IReadOnlyList<EnvironmentEntry> masterEnvironment) => new()
    {
        ["framework"] = distribution.Framework,
        ["workers"] = distribution.Workers,
        ["master"] = distribution.HasMaster,
        ["minReplicas"] = distribution.MinReplicas,
        ["maxReplicas"] = distribution.MaxReplicas,
        ["slotsPerWorker"] = distribution.SlotsPerWorker,
        ["masterCommand"] = distribution.MasterCommand is { } words ? new JArray(words) : null,
        ["masterEnvironment"] = Variables(masterEnvironment),
        ["masterSettings"] = Settings(distribution.MasterSettings ?? new StepSettings()),
    };

    private static JArray Variables(IReadOnlyList<EnvironmentEntry> environment) => new(environment
        .OrderBy(environmentEntry => environmentEntry.Name, StringComparer.Ordinal)
        .Select(environmentEntry => new JArray(
            environmentEntry.Name, environmentEntry.Value ?? "", environmentEntry.Source ?? "", environmentEntry.SourceName ?? "",
            environmentEntry.Key ?? "")));

    private static JArray Settings(StepSettings settings) => new(StepSettingsSchema.Rows
        .Where(row => settings[row.Name] is not null && !NotResults.Contains(row.Name))
        .Select(row => new JArray(row.Name, WireValue.Of(row, settings[row.Name]!, PolicyView.None, ""))));
}
