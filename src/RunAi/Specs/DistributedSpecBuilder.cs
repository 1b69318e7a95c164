using System.Collections;
using System.Collections.Specialized;
using Newtonsoft.Json.Linq;
using RunAi.Policies;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>
/// Turns a distributed step into the body of <c>POST /api/v1/workloads/distributed</c>: the spec of a training for each worker, with what
/// concerns all replicas, and one for a master that differs from them.
/// </summary>
internal static class DistributedSpecBuilder
{
    /// <summary>Fields of a pod's spec that count for the whole: the document deprecates them in the master's.</summary>
    private static readonly string[] NotOfTheMaster =
        ["backoffLimit", "priorityClass", "terminationGracePeriodSeconds", "autoDeletionTimeAfterCompletionSeconds"];

    /// <summary>Builds the body.</summary>
    /// <param name="step">A step with a distribution.</param>
    /// <param name="settings">The step's settings over the operator's defaults.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="policies">The project's effective policy for workers and for the master.</param>
    /// <param name="runner">How the step runner starts it; null for a step whose command goes to the control plane itself.</param>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public static TrainingSpec Build(
        Step step, StepSettings settings, SubmissionDestination target, string runId, (PolicyView Worker, PolicyView Master) policies, RunnerLaunch? runner = null)
    {
        var distribution = step.Distribution!;
        var filled = SettingDefaults.Fill(settings, policies.Worker);
        StepValidation.ThrowIfInvalid(step, filled, runner?.SharedFolder is { } store ? RunnerPaths.OfStore(filled, store) : null);
        var body = TrainingSpecBuilder.Envelope(step, filled, target, runId);
        var workers = TrainingSpecBuilder.Replica(step, filled, target, runId, policies.Worker, runner);
        if (distribution.Framework == DistributionRules.Mpi)
        {
            // The operator starts the daemon on the workers through which the launcher comes to them; the command is the launcher's.
            workers.Remove("command");
            workers.Remove("args");
        }

        body["spec"] = workers;
        Common(workers, distribution);
        if (distribution is { HasMaster: true, IsMasterLikeWorkers: true })
        {
            body["masterSpecSameAsWorker"] = true;
        }
        else if (distribution.HasMaster)
        {
            body["masterSpec"] = Master(step, settings, target, runId, policies.Master, runner);
        }

        return new TrainingSpec(body);
    }

    private static JObject Master(
        Step step, StepSettings settings, SubmissionDestination target, string runId, PolicyView policy, RunnerLaunch? runner)
    {
        var distribution = step.Distribution!;
        var own = SettingDefaults.Fill((distribution.MasterSettings ?? new StepSettings()).MergedOver(settings), policy);
        StepSettingsValidation.ThrowIfInvalid(own);
        var master = new Step
        {
            Name = step.Name,
            Image = string.IsNullOrEmpty(distribution.MasterImage) ? step.Image : distribution.MasterImage!,
            Source = step.Source,
            WorkingDir = step.WorkingDir,
            Command = distribution.MasterCommand ?? step.Command,
            Environment = Over(distribution.MasterEnvironment, step.Environment),
        };
        var spec = TrainingSpecBuilder.Replica(master, own, target, runId, policy, runner);
        foreach (var name in NotOfTheMaster)
        {
            spec.Remove(name);
        }

        return spec;
    }

    private static void Common(JObject spec, StepDistribution distribution)
    {
        foreach (var (name, value) in new (string, JToken?)[]
        {
            ("distributedFramework", distribution.Framework),
            ("numWorkers", distribution.Workers),
            ("minReplicas", distribution.MinReplicas),
            ("maxReplicas", distribution.MaxReplicas),
            ("slotsPerWorker", distribution.SlotsPerWorker),
            ("sshAuthMountPath", distribution.SshAuthMountPath),
            ("mpiLauncherCreationPolicy", distribution.MpiLauncherCreationPolicy),
            ("cleanPodPolicy", distribution.CleanPodPolicy),
        })
        {
            if (value is JValue { Value: not null })
            {
                spec[name] = value;
            }
        }
    }

    /// <summary>The variables of both, the master's own winning.</summary>
    private static OrderedDictionary Over(IDictionary? own, IDictionary? common)
    {
        var all = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var variables in new[] { common, own })
        {
            foreach (var variable in EnvironmentReader.Read(variables ?? new Hashtable(), []))
            {
                all[variable.Name] = variables![variable.Name];
            }
        }

        return all;
    }
}
