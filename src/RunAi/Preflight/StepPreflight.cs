using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.Runs;
using RunAi.Specs;
using RunAi.Stacks;
using RunAi.Steps;

namespace RunAi.Preflight;

/// <summary>
/// Looks at everything that decides whether a step can be submitted and will run, and changes nothing. Every check is made whatever came of
/// the others, as far as it can be made without them.
/// </summary>
internal sealed class StepPreflight
{
    /// <summary>The checks that need the control plane: the project, its cluster, and what the project allows and has.</summary>
    private static readonly string[] OfControlPlane = ["Project", "Cluster", "Policy", "Priority", "Placement"];

    private readonly Step _step;
    private readonly ResolvedStack _stack;
    private readonly PreflightServices _services;
    private readonly CheckList _list;

    public StepPreflight(Step step, ResolvedStack stack, PreflightServices services)
    {
        _step = step;
        _stack = stack;
        _services = services;
        _list = new CheckList(step.Name);
    }

    /// <summary>
    /// The request that the step would be submitted with; null before it was checked, and for a step that none can be made of.
    /// </summary>
    public StepRequest? Request { get; private set; }

    /// <summary>All checks, from the step itself to the place it would run in.</summary>
    public async Task<IReadOnlyList<StepCheck>> RunAsync(CancellationToken ct)
    {
        var prepared = PreparedStep.Read(_step, _stack.StepOperator);
        var isSound = CheckStep(prepared);
        CheckStack();
        await new SecretChecks(_stack, _services, _list).RunAsync(ct).ConfigureAwait(false);
        var connection = await _list.TryAsync("Credentials", () => ConnectAsync(ct)).ConfigureAwait(false);
        var project = connection is null ? null : await _list.TryAsync("Project", () => ProjectAsync(connection, ct)).ConfigureAwait(false);
        if (connection is null || project is null)
        {
            var why = connection is null ? "The control plane was not reached." : "The project was not found.";
            foreach (var name in OfControlPlane.Skip(connection is null ? 0 : 1))
            {
                _list.Skip(name, why);
            }
        }
        else
        {
            await _list.TryAsync("Cluster", () => ClusterAsync(connection, project, ct)).ConfigureAwait(false);
            await OfProjectAsync(connection, project, isSound ? prepared.Parsed : null, ct).ConfigureAwait(false);
        }

        await new ContentChecks(_step, prepared.Settings, _stack, _services, _list).RunAsync(ct).ConfigureAwait(false);
        return _list.Checks;
    }

    private bool CheckStep(PreparedStep prepared)
    {
        try
        {
            prepared.ThrowIfInvalid();
            _list.Pass("Step", "The step and its settings are in order");
            return true;
        }
        catch (StepSettingsException e)
        {
            e.Violations.ToList().ForEach(violation => _list.Add("Step", StepCheckStatus.Failed, violation.Message, violation.Field));
            return false;
        }
    }

    private void CheckStack()
    {
        var needs = StackRequirements.NeedsOf(_step);
        if (StackRequirements.Find(_stack, needs) is { } lacking)
        {
            _list.Add("Stack", StepCheckStatus.Failed, lacking.Message);
        }
        else if (!_step.NeedsRunner && StackRequirements.ImageFault(_step, _stack.StepOperator) is { } fault)
        {
            _list.Add("Stack", StepCheckStatus.Failed, fault, nameof(Step.Image));
        }
        else
        {
            _list.Pass("Stack", needs == StepNeeds.None
                ? "The step needs a step operator alone"
                : $"The stack '{_stack.Stack.Name}' has what the step needs");
        }
    }

    private async Task<StepOperatorConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = await _services.Connect(_stack.StepOperator, ct).ConfigureAwait(false);
        await connection.Client.VerifyAsync(ct).ConfigureAwait(false);
        _list.Pass("Credentials", $"{connection.Operator.RunAiBaseUrl} takes client id {connection.Client.Session.ClientId}");
        return connection;
    }

    private async Task<ProjectRecord> ProjectAsync(StepOperatorConnection connection, CancellationToken ct)
    {
        // What is remembered of it tells neither of a quota in use nor of a policy of today.
        connection.Client.Session.InvalidateProject(connection.Operator.ProjectName);
        var project = await connection.Client.GetProjectAsync(connection.Operator.ProjectName, ct).ConfigureAwait(false);
        var phase = project.Status?.Phase ?? "";
        _list.Add(
            "Project", phase is "" or "Ready" ? StepCheckStatus.Passed : StepCheckStatus.Warning,
            $"{project.Name} (id {project.Id}) is {(phase.Length == 0 ? "there" : phase)}",
            remedy: phase is "" or "Ready" ? null : "Workloads may wait until it is Ready.");
        return project;
    }

    private async Task ClusterAsync(StepOperatorConnection connection, ProjectRecord project, CancellationToken ct)
    {
        await connection.ProjectAsync(ct).ConfigureAwait(false);
        var cluster = (await connection.Client.ListClustersAsync(ct).ConfigureAwait(false))
            .FirstOrDefault(item => item.Uuid == project.ClusterId);
        var state = cluster?.Status?.State;
        var isWell = state is null or "" or "Connected";
        _list.Add(
            "Cluster", isWell ? StepCheckStatus.Passed : StepCheckStatus.Warning,
            $"{cluster?.Name ?? project.ClusterId} is the project's{(state is null ? "" : $" and is {state}")}",
            remedy: isWell ? null : "Workloads wait until it is Connected.");
    }

    private async Task OfProjectAsync(StepOperatorConnection connection, ProjectRecord project, ParsedStep? parsed, CancellationToken ct)
    {
        if (parsed is null)
        {
            foreach (var name in OfControlPlane.Skip(2))
            {
                _list.Skip(name, "The step is not in order.");
            }

            return;
        }

        if (parsed.Settings.WorkloadTemplate is { } template)
        {
            await _list.TryAsync("Template", async () =>
            {
                var id = await new TemplateCatalog(connection).IdAsync(
                    template, SettingNames.TypeOf(_step), project, ct).ConfigureAwait(false);
                _list.Pass("Template", $"{template} is {id}");
            }).ConfigureAwait(false);
        }

        // A policy that cannot be read leaves its own check open, and what the spec comes to without it is the best guess.
        var policy = await _list.TryAsync("Policy", async () =>
            await connection.Client.GetTrainingPolicyAsync(project.Id, ct, _step.Kind).ConfigureAwait(false)
            ?? EffectivePolicy.None).ConfigureAwait(false);
        var parts = PartsOf(parsed.Lowered(), project, policy);
        var checks = new ProjectChecks(connection.Client, project, parts, _list);
        if (policy is not null)
        {
            checks.Policy(parsed.Settings.HasTemplate);
        }

        var priority = await _list.TryAsync("Priority", () => checks.PriorityAsync(ct)).ConfigureAwait(false);
        await _list.TryAsync("Placement", () => checks.PlacementAsync(priority, ct)).ConfigureAwait(false);
    }

    /// <summary>What the step would be submitted with, as far as it is known before image and manifest are stored.</summary>
    private IReadOnlyList<SpecPart> PartsOf(ParsedStep parsed, ProjectRecord project, EffectivePolicy? policy)
    {
        var step = parsed.Step;
        var destination = new SubmissionDestination(project.Id, project.ClusterId)
        {
            ImagePullSecretName = _stack.StepOperator.ImagePullSecretName,
        };
        var request = new SpecRequest(parsed, destination, RunId.New(TimeProvider.System)) { Launch = step.NeedsRunner ? Launch() : null };
        var body = request.Under(policy).Build().Body;
        Request = new StepRequest(
            step.Kind, new TrainingSpec(body).Shown(), project.Name,
            Uri.TryCreate(_stack.StepOperator.RunAiBaseUrl, UriKind.Absolute, out var url) ? url : null);
        return SpecPart.Of(body, policy, step.Distribution is not null);
    }

    private RunnerLaunch Launch()
    {
        var store = _stack.ArtifactStore?.Uri ?? "";
        var folder = Uri.TryCreate(store, UriKind.Absolute, out var place) && place.IsFile ? place.LocalPath : null;
        return new RunnerLaunch($"{_stack.ContainerRegistry?.Uri}@sha256:...", $"{store}/manifest.json") { SharedFolder = folder };
    }
}
