using System.Collections;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Steps;

namespace RunAi.Organisation;

/// <summary>Finds workload templates.</summary>
internal sealed class TemplateCatalog
{
    /// <summary>The type of workload that steps are.</summary>
    public const string OfSteps = "Training";

    /// <summary>The type of workload that distributed steps are.</summary>
    public const string OfDistributedSteps = "Distributed";

    /// <summary>Whose templates there are, the nearest to a project first.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["project", "department", "cluster", "tenant", "system"];

    /// <summary>The types of workloads that have templates, in the document's words.</summary>
    public static readonly IReadOnlyList<string> Types = ["Workspace", OfSteps, OfDistributedSteps, "Inference", "DistributedInference"];

    private readonly StepOperatorConnection _connection;

    public TemplateCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>Gives the templates that are wanted on, page by page. A name that is a UUID means the one template of that id.</summary>
    /// <param name="wish">Names, order and how many.</param>
    /// <param name="type">Only those for this type of workload; null for all.</param>
    /// <param name="scope">Only those of this scope; null for all.</param>
    /// <param name="isRunnable">Only those that can be submitted as they are, or cannot; null for all.</param>
    /// <param name="take">Takes a page.</param>
    /// <param name="ct">Ends the look-up.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> EachAsync(
        ListFilter wish, string? type, string? scope, bool? isRunnable, Func<IEnumerable<WorkloadTemplate>, Task> take,
        CancellationToken ct)
    {
        if (IsId(wish.Name.Text))
        {
            return await OneAsync(wish.Name.Text, take, ct).ConfigureAwait(false);
        }

        return await new Selection<TemplateRecord>()
            .Named("name", static template => template.Meta.Name, wish.Name)
            .Equal("workloadType", type)
            .Equal("scopeType", scope)
            .Equal("runnable", isRunnable is null ? null : isRunnable.Value ? "true" : "false")
            .ReadAsync(wish, _connection.Client.EachTemplateAsync, page => take(page.Select(Describe)), ct).ConfigureAwait(false);
    }

    /// <summary>
    /// The id of the template that a project means by a name, remembered for some minutes; of several, the one of the unit nearest to the
    /// project. An id is taken as it is.
    /// </summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.WorkloadTemplateNotFound"/>.</exception>
    public async Task<string> IdAsync(string nameOrId, string type, ProjectRecord project, CancellationToken ct)
    {
        if (IsId(nameOrId))
        {
            return nameOrId;
        }

        var remembered = _connection.Client.Session.Templates;
        var key = $"{project.Id}/{type}/{nameOrId}";
        if (remembered.Find(key) is not { } template)
        {
            var query = new ListQuery { Filters = [Filter.Equal("workloadType", type), .. Named(nameOrId)] };
            var found = await _connection.Client.ListTemplatesAsync(query, ct).ConfigureAwait(false);
            template = found.Where(item => item.Meta.Name == nameOrId && Serves(item.Meta, project))
                .OrderBy(item => Scopes.ToList().IndexOf(item.Meta.ScopeType))
                .FirstOrDefault() ?? throw await NotFoundAsync(nameOrId, type, ct).ConfigureAwait(false);
            remembered.Keep(key, template);
        }

        return template.Meta.Id;
    }

    /// <summary>The failure of a look-up by name.</summary>
    public async Task<RunAiException> NotFoundAsync(string name, string? type, CancellationToken ct)
    {
        var query = new ListQuery { Filters = type is null ? [] : [Filter.Equal("workloadType", type)] };
        var visible = await _connection.Client.ListTemplatesAsync(query, ct).ConfigureAwait(false);
        return OrganisationErrors.NotFound(
            ErrorIds.WorkloadTemplateNotFound, type is null ? "workload template" : $"workload template of type {type}",
            _connection.Operator, name, [.. visible.Select(template => template.Meta.Name).Distinct()]);
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _);

    private static IEnumerable<string> Named(string name) => Filter.CanExpress(name) ? [Filter.Equal("name", name)] : [];

    /// <summary>Whether a template is the project's own, or of a unit above it.</summary>
    private static bool Serves(TemplateRecord.Metadata meta, ProjectRecord project) => meta.ScopeType switch
    {
        "project" => (meta.ProjectId ?? meta.ScopeId) == project.Id,
        "department" => project.ParentId is null || (meta.DepartmentId ?? meta.ScopeId) == project.ParentId,
        "cluster" => string.Equals(meta.ClusterId ?? meta.ScopeId, project.ClusterId, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private async Task<int> OneAsync(string id, Func<IEnumerable<WorkloadTemplate>, Task> take, CancellationToken ct)
    {
        if (await _connection.Client.GetTemplateAsync(id, ct).OrNullIfNotFoundAsync().ConfigureAwait(false) is not { } found)
        {
            return 0;
        }

        await take([Describe(found)]).ConfigureAwait(false);
        return 1;
    }

    private WorkloadTemplate Describe(TemplateRecord record) => new()
    {
        TemplateId = record.Meta.Id,
        Name = record.Meta.Name,
        Description = record.Meta.Description,
        WorkloadType = record.Meta.WorkloadType,
        Scope = record.Meta.ScopeType,
        ScopeId = record.Meta.ScopeId,
        IsRunnable = record.Runnable?.IsRunnable ?? false,
        Issue = record.Runnable?.Issue,
        Image = (string?)record.Spec?["image"],
        Spec = record.Spec is { } spec ? PlainJson.Of(spec) : new Hashtable(),
        CreatedBy = record.Meta.CreatedBy,
        CreatedAt = record.Meta.CreatedAt,
        UpdatedAt = record.Meta.UpdatedAt,
        StepOperator = _connection.Operator.Name,
    };
}
