using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.RunManifest;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>
/// Turns a step into the body of <c>POST /api/v1/workloads/trainings</c>. Sends what was asked for and the defaults of the
/// settings' table where neither a template nor the policy has a say; an absent field is the only form of "not set".
/// </summary>
internal static class TrainingSpecBuilder
{
    /// <summary>Builds the body.</summary>
    /// <param name="step">The step.</param>
    /// <param name="settings">The step's settings over the operator's defaults; <c>step.Settings</c> itself is not read.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="policy">The project's effective policy.</param>
    /// <param name="runner">How the step runner starts it; null for a step whose command goes to the control plane itself.</param>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public static TrainingSpec Build(
        Step step, StepSettings settings, TrainingTarget target, string runId, PolicyView policy, RunnerLaunch? runner = null)
    {
        StepSettings filled = SettingDefaults.Fill(settings, policy);
        StepValidation.ThrowIfInvalid(step, filled);

        var body = new JObject
        {
            ["name"] = WorkloadName.Create(target.NamePrefix, step.Name, runId, target.Attempt),
            ["projectId"] = target.ProjectId,
            ["clusterId"] = target.ClusterId,
        };
        if (filled.WorkloadTemplateId is { } template)
        {
            body["templateId"] = template;
        }

        body["spec"] = Spec(step, filled, target, runId, policy, runner);
        return new TrainingSpec(body);
    }

    private static JObject Spec(
        Step step, StepSettings settings, TrainingTarget target, string runId, PolicyView policy, RunnerLaunch? runner)
    {
        var spec = new JObject { ["image"] = runner?.Image ?? step.Image };
        var command = runner is null ? step.Command ?? [] : [Manifest.RunnerPath];
        if (PosixQuoting.Join(command.Take(1)) is { } program)
        {
            spec["command"] = program;
        }

        if (PosixQuoting.Join(command.Skip(1)) is { } arguments)
        {
            spec["args"] = arguments;
        }

        var variables = EnvironmentReader.Read(step.Environment ?? new Hashtable(), []).Select(Variable);
        if (runner is not null)
        {
            variables = variables.Append(WireValue.NameAndValue(Manifest.AddressVariable, runner.ManifestAddress));
        }

        if (new JArray(variables) is { Count: > 0 } environment)
        {
            spec["environmentVariables"] = environment;
        }

        if (target.ImagePullSecretName is { } secret)
        {
            spec["imagePullSecrets"] = new JArray(new JObject { ["name"] = secret });
        }

        foreach (StepSetting row in StepSettingsSchema.Rows)
        {
            if (row.WirePath is { } path && settings[row.Name] is { } value)
            {
                Put(spec, path, WireValue.Of(value));
            }
        }

        if (step.WorkingDir is { } folder && spec["workingDir"] is null && string.IsNullOrEmpty(step.Source))
        {
            spec["workingDir"] = folder;
        }

        if (runner?.SharedFolder is { } shared)
        {
            Share(spec, shared);
        }

        AddRunLabels(spec, runId, policy);
        return spec;
    }

    private static JObject Variable(EnvironmentEntry variable)
    {
        if (variable.Source is null)
        {
            return WireValue.NameAndValue(variable.Name, variable.Value ?? "");
        }

        JObject source = variable.Key is { } key
            ? new JObject { ["name"] = variable.SourceName, ["key"] = key }
            : new JObject { ["path"] = variable.SourceName };
        return new JObject { ["name"] = variable.Name, [variable.Source] = source };
    }

    private static void Put(JObject spec, string path, JToken value)
    {
        var names = path.Split('.');
        JObject parent = spec;
        foreach (var name in names.Take(names.Length - 1))
        {
            parent = (JObject)(parent[name] ??= new JObject());
        }

        parent[names[names.Length - 1]] = value;
    }

    /// <summary>Shows a folder of the host in the container at its own path, where the step runner writes too: the API's default is read-only.</summary>
    private static void Share(JObject spec, string folder)
    {
        var storage = (JObject)(spec["storage"] ??= new JObject());
        var folders = (JArray)(storage["hostPath"] ??= new JArray());
        folders.Add(new JObject { ["name"] = "runai-artifacts", ["path"] = folder, ["mountPath"] = folder, ["readOnly"] = false });
    }

    /// <summary>
    /// Where the policy lets nobody add labels, a submission with them would be refused: the name alone tells the run then.
    /// </summary>
    private static void AddRunLabels(JObject spec, string runId, PolicyView policy)
    {
        if (policy.MayNotAdd("labels"))
        {
            return;
        }

        var labels = (JArray)(spec["labels"] ??= new JArray());
        labels.Add(WireValue.NameAndValue(RunLabels.RunId, runId));
        labels.Add(WireValue.NameAndValue(RunLabels.Version, RunLabels.LibraryVersion));
    }
}
