using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Steps;
using RunAi.Wording;

namespace RunAi.Organisation;

/// <summary>
/// Looks up what a step's settings name on the control plane, so that a mistyped name is told before anything is sent. What was looked up
/// is remembered for some minutes. A control plane that does not tell is taken to know every name: the submission itself will say.
/// </summary>
internal sealed class SettingNames
{
    private readonly StepOperatorConnection _connection;

    public SettingNames(StepOperatorConnection connection) => _connection = connection;

    private ControlPlaneClient Client => _connection.Client;

    /// <summary>The settings, with the id of the template that they name.</summary>
    /// <exception cref="StepSettingsException">A node pool or priority class is not known.</exception>
    /// <exception cref="RunAiException"><see cref="ErrorIds.WorkloadTemplateNotFound"/>.</exception>
    public async Task<StepSettings> ResolveAsync(Step step, StepSettings settings, ProjectRecord project, CancellationToken ct)
    {
        var session = Client.Session;
        List<Violation> violations =
        [
            .. await UnknownAsync(
                nameof(StepSettings.NodePools), "node pool", settings.NodePools, session.NodePools, PoolsAsync).ConfigureAwait(false),
            .. await UnknownAsync(
                nameof(StepSettings.PriorityClass), "priority class", Listed(settings.PriorityClass), session.Priorities,
                PrioritiesAsync).ConfigureAwait(false),
        ];
        StepSettingsValidation.Throw(ErrorIds.InvalidStepSettings, violations);
        if (settings.WorkloadTemplate is not { } template)
        {
            return settings;
        }

        var resolved = settings.MergedOver(null);
        resolved.WorkloadTemplate = null;
        resolved.WorkloadTemplateId = await new TemplateCatalog(_connection)
            .IdAsync(template, TypeOf(step), project, ct).ConfigureAwait(false);
        return resolved;

        async Task<IReadOnlyList<string>> PoolsAsync() => [.. (await Client.ListNodePoolsAsync(ct).ConfigureAwait(false))
            .Where(pool => string.Equals(pool.ClusterId, project.ClusterId, StringComparison.OrdinalIgnoreCase)).Select(pool => pool.Name)];

        async Task<IReadOnlyList<string>> PrioritiesAsync() =>
            [.. (await Client.ListPrioritiesAsync(ct).ConfigureAwait(false)).Select(priority => priority.Name)];
    }

    /// <summary>What the templates of a step are for.</summary>
    public static string TypeOf(Step step) =>
        step.Kind == TrainingKind.Distributed ? TemplateCatalog.OfDistributedSteps : TemplateCatalog.OfSteps;

    private static string[]? Listed(string? name) => name is null ? null : [name];

    /// <summary>The names that nothing has. What is remembered is asked for anew before it refuses a name.</summary>
    private async Task<IEnumerable<Violation>> UnknownAsync<T>(
        string field, string what, string[]? names, LookupCache<IReadOnlyList<T>> memory, Func<Task<IReadOnlyList<string>>> read)
    {
        if (names is null || Client.Session.DeniedLookups.Find(what) is not null)
        {
            return [];
        }

        try
        {
            var isRemembered = memory.Values.Count > 0;
            var known = await read().ConfigureAwait(false);
            if (isRemembered && names.Except(known).Any())
            {
                memory.Forget(static (_, _) => true);
                known = await read().ConfigureAwait(false);
            }

            return known.Count == 0 ? [] : names.Except(known).Select(name => new Violation(field,
                $"'{name}' is no {what} that can be seen. {Suggestion.For(name, [.. known])}"));
        }
        catch (RunAiApiException e) when (e is not RunAiAuthenticationException)
        {
            Client.Log.Debug($"Whether there is such a {what} cannot be told: {e.Message}");
            if (e.StatusCode is >= 400 and < 500)
            {
                // It will not tell the next time either, so a warm submission does not ask again.
                Client.Session.DeniedLookups.Keep(what, e.ErrorId);
            }

            return [];
        }
    }
}
