using System.Collections;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>
/// The rules of distributed steps: those of the API's document (what is applicable for which framework, which settings no replica has,
/// which are deprecated in the master's spec) and those of the operators that run them in the cluster (Kubeflow's training operator and MPI
/// operator: an
/// <c>XGBoostJob</c> and an <c>MPIJob</c> need their master or launcher, a <c>JAXJob</c> has workers alone).
/// </summary>
internal static class DistributionRules
{
    public const string PyTorch = "PyTorch";
    public const string Mpi = "MPI";
    public const string TensorFlow = "TF";
    public const string XGBoost = "XGBoost";
    public const string Jax = "JAX";

    /// <summary>The frameworks of the API.</summary>
    public static readonly IReadOnlyList<string> Frameworks = [PyTorch, Mpi, TensorFlow, XGBoost, Jax];

    public static readonly IReadOnlyList<string> LauncherPolicies = ["AtStartup", "WaitForWorkersReady"];

    public static readonly IReadOnlyList<string> CleanPodPolicies = ["None", "All", "Running"];

    /// <summary>The most workers a manifest holds addresses for; no cluster of today runs as many.</summary>
    public const int MostWorkers = 1024;

    /// <summary>Settings that the specs of distributed trainings do not have.</summary>
    private static readonly string[] OfOtherSteps = [nameof(StepSettings.Parallelism), nameof(StepSettings.Completions)];

    /// <summary>Settings of the training as a whole: the document deprecates them in the master's spec, or they are no pod's.</summary>
    private static readonly string[] OfTheWhole =
    [
        nameof(StepSettings.BackoffLimit), nameof(StepSettings.PriorityClass), nameof(StepSettings.TerminationGracePeriod),
        nameof(StepSettings.AutoDeletionTimeAfterCompletion), nameof(StepSettings.WorkloadTemplate), nameof(StepSettings.WorkloadTemplate),
        nameof(StepSettings.WorkloadTemplateId), nameof(StepSettings.WorkloadTimeout), nameof(StepSettings.PendingTimeout),
        nameof(StepSettings.RunTimeout), nameof(StepSettings.Deadline), nameof(StepSettings.MaxGpuHours), nameof(StepSettings.StopWhenIdle),
    ];

    /// <summary>Everything that is wrong with a step's distribution, the settings that hold for it included.</summary>
    public static IEnumerable<Violation> Violations(Step step, StepSettings settings) => Violations(step, settings, out _);

    /// <summary>Everything that is wrong with a step's distribution, the settings that hold for it included.</summary>
    /// <param name="step">The step.</param>
    /// <param name="settings">The settings that hold for it.</param>
    /// <param name="masterEnvironment">The environment of its master, as far as it can be read.</param>
    public static IEnumerable<Violation> Violations(
        Step step, StepSettings settings, out IReadOnlyList<EnvironmentEntry> masterEnvironment)
    {
        masterEnvironment = [];
        if (step.Distribution is not { } distribution)
        {
            return [];
        }

        var all = new List<Violation>();
        CheckFramework(distribution, all);
        CheckNumbers(distribution, all);
        masterEnvironment = CheckMaster(step, distribution, all);
        all.AddRange(OfOtherSteps.Where(name => settings[name] is not null).Select(name => new Violation(
            name, "is for steps that are not distributed. The number of pods is Workers, and a master.")));
        return all;
    }

    private static void CheckFramework(StepDistribution distribution, List<Violation> all)
    {
        if (string.IsNullOrEmpty(distribution.Framework))
        {
            all.Add(new Violation("DistributedFramework", $"is missing. Name one of {string.Join(", ", Frameworks)}."));
        }
        else
        {
            CheckWord("DistributedFramework", distribution.Framework, Frameworks, all);
        }

        CheckWord(nameof(StepDistribution.MpiLauncherCreationPolicy), distribution.MpiLauncherCreationPolicy, LauncherPolicies, all);
        CheckWord(nameof(StepDistribution.CleanPodPolicy), distribution.CleanPodPolicy, CleanPodPolicies, all);
        CheckOnly(PyTorch, distribution, nameof(StepDistribution.MinReplicas), distribution.MinReplicas, all);
        CheckOnly(PyTorch, distribution, nameof(StepDistribution.MaxReplicas), distribution.MaxReplicas, all);
        CheckOnly(Mpi, distribution, nameof(StepDistribution.SlotsPerWorker), distribution.SlotsPerWorker, all);
        CheckOnly(Mpi, distribution, nameof(StepDistribution.SshAuthMountPath), distribution.SshAuthMountPath, all);
        CheckOnly(Mpi, distribution, nameof(StepDistribution.MpiLauncherCreationPolicy), distribution.MpiLauncherCreationPolicy, all);
        if (distribution.SshAuthMountPath is { } path)
        {
            all.AddRange(SettingRules.AbsolutePath(path).Select(flaw => new Violation(nameof(StepDistribution.SshAuthMountPath), flaw)));
        }
    }

    private static void CheckNumbers(StepDistribution distribution, List<Violation> all)
    {
        if (distribution.Workers is null)
        {
            all.Add(new Violation(
                nameof(StepDistribution.Workers), "is missing. Say how many workers there are; the master is not counted."));
        }

        foreach (var (name, number) in new[]
        {
            (nameof(StepDistribution.Workers), distribution.Workers),
            (nameof(StepDistribution.MinReplicas), distribution.MinReplicas),
            (nameof(StepDistribution.MaxReplicas), distribution.MaxReplicas),
            (nameof(StepDistribution.SlotsPerWorker), distribution.SlotsPerWorker),
        })
        {
            if (number is < 1 or > MostWorkers)
            {
                all.Add(new Violation(name, $"{number} is not from 1 to {MostWorkers}."));
            }
        }

        if (distribution.MinReplicas > distribution.Workers)
        {
            all.Add(new Violation(
                nameof(StepDistribution.MinReplicas),
                $"{distribution.MinReplicas} is above Workers {distribution.Workers}, with which it starts."));
        }

        if (distribution.MaxReplicas < (distribution.Workers ?? distribution.MinReplicas))
        {
            all.Add(new Violation(
                nameof(StepDistribution.MaxReplicas),
                $"{distribution.MaxReplicas} is below Workers {distribution.Workers}, with which it starts."));
        }
    }

    private static IReadOnlyList<EnvironmentEntry> CheckMaster(Step step, StepDistribution distribution, List<Violation> all)
    {
        if (distribution is { NoMaster: true, Framework: Mpi or XGBoost })
        {
            all.Add(new Violation(nameof(StepDistribution.NoMaster), distribution.Framework == Mpi
                ? "cannot be with MPI: its master is the launcher, which starts the processes on the workers."
                : "cannot be with XGBoost: its master is the tracker that the workers report to."));
        }

        foreach (var name in GivenForMaster(distribution).Where(_ => !distribution.HasMaster))
        {
            all.Add(new Violation(name, distribution.Framework == Jax
                ? "is given for a master, which JAX does not have: the first worker is the coordinator."
                : "is given for a master, and NoMaster leaves it out. Give one of them."));
        }

        if (!string.IsNullOrEmpty(distribution.MasterImage) && step.NeedsRunner)
        {
            all.Add(new Violation(
                nameof(StepDistribution.MasterImage),
                "is given for a step under the step runner, whose one image holds code and runner. Leave it out."));
        }

        if (distribution.MasterCommand is { } words && (words.Length == 0 || string.IsNullOrWhiteSpace(words[0])))
        {
            all.Add(new Violation(
                nameof(StepDistribution.MasterCommand), "names no program. Leave it out for the command of the workers."));
        }
        else if (distribution.MasterCommand is not null && step.Script is not null)
        {
            all.Add(new Violation(nameof(StepDistribution.MasterCommand), "is given beside ScriptBlock, which all replicas run."));
        }

        var environment = CheckMasterText(step, distribution, all);
        CheckMasterSettings(distribution, all);
        return environment;
    }

    private static IReadOnlyList<EnvironmentEntry> CheckMasterText(Step step, StepDistribution distribution, List<Violation> all)
    {
        var inputs = (step.Input ?? new Hashtable()).Entries().Select(entry => entry.Key.ToString()!).ToArray();
        foreach (var word in distribution.MasterCommand ?? [])
        {
            var flaws = word is null
                ? ["holds a null. Write '' for an empty argument."]
                : Placeholder.Flaws(word, inputs, step.Output ?? [], step.Checkpoint).Concat(WireText.Flaws(word));
            all.AddRange(flaws.Select(flaw => new Violation(nameof(StepDistribution.MasterCommand), flaw)));
        }

        var ofEnvironment = new List<Violation>();
        var environment = EnvironmentReader.Read(distribution.MasterEnvironment ?? new Hashtable(), ofEnvironment);
        all.AddRange(ofEnvironment.Select(violation => new Violation("Master" + violation.Field, violation.Message)));
        return environment;
    }

    private static void CheckMasterSettings(StepDistribution distribution, List<Violation> all)
    {
        if (distribution.MasterSettings is not { } settings)
        {
            return;
        }

        foreach (var name in OfTheWhole.Concat(OfOtherSteps).Where(name => settings[name] is not null))
        {
            all.Add(new Violation($"MasterSettings.{name}", "is no setting of the master alone. Give it with Settings, for all replicas."));
        }

        all.AddRange(StepSettingsValidation.Violations(settings)
            .Select(violation => new Violation($"MasterSettings.{violation.Field}", violation.Message)));
    }

    private static IEnumerable<string> GivenForMaster(StepDistribution distribution)
    {
        if (distribution.MasterSettings is not null)
        {
            yield return nameof(StepDistribution.MasterSettings);
        }

        if (distribution.MasterCommand is not null)
        {
            yield return nameof(StepDistribution.MasterCommand);
        }

        if (!string.IsNullOrEmpty(distribution.MasterImage))
        {
            yield return nameof(StepDistribution.MasterImage);
        }

        if (distribution.MasterEnvironment is { Count: > 0 })
        {
            yield return nameof(StepDistribution.MasterEnvironment);
        }
    }

    private static void CheckOnly(string framework, StepDistribution distribution, string name, object? value, List<Violation> all)
    {
        if (value is not null && distribution.Framework != framework && Frameworks.Contains(distribution.Framework))
        {
            all.Add(new Violation(name, $"is for {framework} alone, and DistributedFramework is {distribution.Framework}. Leave it out."));
        }
    }

    private static void CheckWord(string name, string? word, IReadOnlyList<string> known, List<Violation> all)
    {
        if (word is not null && !known.Contains(word))
        {
            all.Add(new Violation(name, $"'{word}' is none of {string.Join(", ", known)}."
                + (NearestName.Of(word, [.. known]) is { } near ? $" Did you mean {near}?" : "")));
        }
    }
}
