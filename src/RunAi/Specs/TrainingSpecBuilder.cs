using Newtonsoft.Json.Linq;
using RunAi.Policies;
using RunAi.RunManifest;
using RunAi.Steps;
using RunAi.Workloads;

namespace RunAi.Specs;

/// <summary>
/// Turns a step into the body of <c>POST /api/v1/workloads/trainings</c>. Sends what was asked for and the defaults of the
/// settings' table where neither a template nor the policy has a say; an absent field is the only form of "not set".
/// </summary>
internal static class TrainingSpecBuilder
{
    /// <summary>Builds the body.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public static TrainingSpec Build(SpecRequest request)
    {
        var filled = request.Filled();
        var body = Envelope(filled);
        body["spec"] = Replica(filled);
        return new TrainingSpec(body);
    }

    /// <summary>The body without its spec.</summary>
    public static JObject Envelope(SpecRequest request)
    {
        var destination = request.Destination;
        var body = new JObject
        {
            ["name"] = WorkloadName.Create(destination.NamePrefix, request.Parsed.Step.Name, request.RunId, destination.Attempt),
            ["projectId"] = destination.ProjectId,
            ["clusterId"] = destination.ClusterId,
        };
        if (request.Parsed.Settings.WorkloadTemplateId is { } template)
        {
            body["templateId"] = template;
        }

        return body;
    }

    /// <summary>The spec of the pods.</summary>
    /// <param name="request">The request, with the settings filled in.</param>
    public static JObject Replica(SpecRequest request)
    {
        var (step, policy, runner) = (request.Parsed.Step, request.Policy, request.Launch);
        var spec = new JObject();
        if ((runner?.Image ?? step.Image) is { Length: > 0 } image)
        {
            spec["image"] = image;
        }

        var command = runner is null ? step.Command ?? [] : [Manifest.RunnerPath];
        if (PosixQuoting.Join(command.Take(1)) is { } program)
        {
            spec["command"] = program;
        }

        if (PosixQuoting.Join(command.Skip(1)) is { } arguments)
        {
            spec["args"] = arguments;
        }

        var variables = request.Parsed.Environment.Select(Variable);
        if (runner is not null)
        {
            variables = variables.Append(WireValue.NameAndValue(Manifest.AddressVariable, runner.ManifestAddress));
        }

        if (new JArray(variables) is { Count: > 0 } environment)
        {
            spec["environmentVariables"] = environment;
        }

        foreach (StepSetting row in StepSettingsSchema.Rows)
        {
            if (row.WirePath is { } path && request.Parsed.Settings[row.Name] is { } value)
            {
                WireValue.Put(spec, path, WireValue.Of(row, value, policy, path));
            }
        }

        if (request.Destination.ImagePullSecretName is { } secret)
        {
            PullWith(spec, secret);
        }

        if (step.WorkingDir is { } folder && spec["workingDir"] is null && string.IsNullOrEmpty(step.Source))
        {
            spec["workingDir"] = folder;
        }

        if (runner?.SharedFolder is { } shared)
        {
            Share(spec, shared);
        }

        AddRunLabels(spec, request.RunId, policy);
        return spec;
    }

    private static JObject Variable(EnvironmentEntry variable)
    {
        JObject json = variable switch
        {
            { Source: { } source, Key: { } key } =>
                new() { ["name"] = variable.Name, [source] = new JObject { ["name"] = variable.SourceName, ["key"] = key } },
            { Source: { } source } => new() { ["name"] = variable.Name, [source] = new JObject { ["path"] = variable.SourceName } },
            { Exclude: true, Value: null } => new() { ["name"] = variable.Name },
            _ => WireValue.NameAndValue(variable.Name, variable.Value ?? ""),
        };
        if (variable.Description is { } description)
        {
            json["description"] = description;
        }

        if (variable.Exclude)
        {
            json["exclude"] = true;
        }

        return json;
    }

    /// <summary>The step operator's secret comes before those of the settings, unless one of them is the same.</summary>
    private static void PullWith(JObject spec, string secret)
    {
        var secrets = (JArray)(spec["imagePullSecrets"] ??= new JArray());
        if (secrets.All(token => (string?)token["name"] != secret))
        {
            secrets.Insert(0, new JObject { ["name"] = secret });
        }
    }

    /// <summary>
    /// Shows a folder of the host in the container at its own path, where the step runner writes too: the API's default is read-only.
    /// </summary>
    private static void Share(JObject spec, string folder)
    {
        var storage = (JObject)(spec["storage"] ??= new JObject());
        var folders = (JArray)(storage["hostPath"] ??= new JArray());
        var shared = new JObject { ["name"] = "runai-artifacts", ["path"] = folder, ["mountPath"] = folder, ["readOnly"] = false };
        if (folders.FirstOrDefault()?["mountPropagation"] is { } propagation)
        {
            // The API wants one value for all of them.
            shared["mountPropagation"] = propagation.DeepClone();
        }

        folders.Add(shared);
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
