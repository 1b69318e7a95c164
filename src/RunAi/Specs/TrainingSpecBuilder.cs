using Newtonsoft.Json.Linq;
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
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public static TrainingSpec Build(Step step, StepSettings settings, TrainingTarget target, string runId, PolicyView policy)
    {
        StepSettings filled = SettingDefaults.Fill(settings, policy);
        StepValidation.ThrowIfInvalid(step, filled);

        var body = new JObject
        {
            ["name"] = WorkloadName.Create(target.NamePrefix, step.Name, runId),
            ["projectId"] = target.ProjectId,
            ["clusterId"] = target.ClusterId,
        };
        if (filled.WorkloadTemplateId is { } template)
        {
            body["templateId"] = template;
        }

        body["spec"] = Spec(step, filled, target, runId, policy);
        return new TrainingSpec(body);
    }

    private static JObject Spec(Step step, StepSettings settings, TrainingTarget target, string runId, PolicyView policy)
    {
        var spec = new JObject { ["image"] = step.Image };
        var command = step.Command ?? [];
        if (PosixQuoting.Join(command.Take(1)) is { } program)
        {
            spec["command"] = program;
        }

        if (PosixQuoting.Join(command.Skip(1)) is { } arguments)
        {
            spec["args"] = arguments;
        }

        if (step.Environment is { Count: > 0 })
        {
            spec["environmentVariables"] = new JArray(EnvironmentReader.Read(step.Environment, []).Select(Variable));
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
