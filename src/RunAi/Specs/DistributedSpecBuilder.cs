using Newtonsoft.Json.Linq;
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
    /// <param name="request">The request of a step with a distribution.</param>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public static TrainingSpec Build(SpecRequest request)
    {
        var distribution = request.Parsed.Step.Distribution!;
        var filled = request.Filled();
        var body = TrainingSpecBuilder.Envelope(filled);
        var workers = TrainingSpecBuilder.Replica(filled);
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
            body["masterSpec"] = Master(request);
        }

        return new TrainingSpec(body);
    }

    private static JObject Master(SpecRequest request)
    {
        var distribution = request.Parsed.Step.Distribution!;
        var settings = (distribution.MasterSettings ?? new StepSettings()).MergedOver(request.Parsed.Settings);
        var own = SettingDefaults.Fill(settings, request.MasterPolicy);
        StepSettingsValidation.ThrowIfInvalid(own);
        var spec = TrainingSpecBuilder.Replica(request with { Parsed = request.Parsed.OfMaster(own), Policy = request.MasterPolicy });
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
}
