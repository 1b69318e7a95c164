using RunAi.ControlPlane.Wire;
using RunAi.Operators;

namespace RunAi.Organisation;

/// <summary>Finds projects.</summary>
internal sealed class ProjectCatalog
{
    private readonly StepOperatorConnection _connection;

    public ProjectCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>Gives the projects that are wanted on, page by page. The API has no filter by node pool: that is done here.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EachAsync(ListFilter wish, Func<IEnumerable<Project>, Task> take, CancellationToken ct)
    {
        var clusters = new ClusterCatalog(_connection);
        var cluster = await clusters.IdAsync(wish.Cluster, ct).ConfigureAwait(false);
        var selection = new Selection<ProjectRecord>()
            .Named("name", static project => project.Name, wish.Name)
            .Equal("clusterId", cluster)
            .OneOf("phase", static project => project.Status?.Phase ?? "", wish.Statuses);
        if (wish.NodePool is { } pool)
        {
            selection.Where(project => project.Resources.Any(resource => resource.NodePool?.Name is { } name && pool.IsMatch(name)));
        }

        Func<string, string?>? nameOf = null;
        return await selection.ReadAsync(wish, _connection.Client.EachProjectAsync, GiveAsync, ct).ConfigureAwait(false);

        async Task GiveAsync(IReadOnlyList<ProjectRecord> page)
        {
            nameOf ??= await _connection.ClusterNamesAsync(ct).ConfigureAwait(false);
            await take(
                page.Select(project => project.ToProject(_connection.Operator.Name, nameOf(project.ClusterId)))).ConfigureAwait(false);
        }
    }

    /// <summary>The failure of a look-up by name.</summary>
    public async Task<RunAiException> NotFoundAsync(string name, CancellationToken ct) => OrganisationErrors.NotFound(
        ErrorIds.ProjectNotFound, "project", _connection.Operator, name,
        [.. (await _connection.Client.ListProjectsAsync(ct).ConfigureAwait(false)).Select(static project => project.Name)]);
}
