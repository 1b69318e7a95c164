using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>
/// Asks the control plane for the workloads of one project. Requests are not repeated here: the next poll is the repetition.
/// </summary>
internal sealed class ProjectLister : IWorkloadLister
{
    private readonly ControlPlaneClient _client;
    private readonly Func<CancellationToken, Task<ProjectRecord>> _project;

    public ProjectLister(ControlPlaneClient client, Func<CancellationToken, Task<ProjectRecord>> project)
    {
        _client = client;
        _project = project;
    }

    public DateTimeOffset ServerTime => _client.Session.ServerTime;

    public async Task<Page<WorkloadRecord>> ListAsync(IReadOnlyList<string> filters, int offset, CancellationToken cancellationToken)
    {
        var project = await _project(cancellationToken).ConfigureAwait(false);
        var query = new WorkloadQuery
        {
            Filters = [Filter.Equal("projectId", project.Id), .. filters],
            // New workloads come last, so that they do not shift the pages.
            SortBy = "createdAt",
            Offset = offset,
            Limit = Page<WorkloadRecord>.MaxRows,
            NoRetry = true,
        };
        return await _client.ListWorkloadsAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<WorkloadRecord?> GetAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetWorkloadAsync(id, cancellationToken, noRetry: true).ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (e.ErrorId == ErrorIds.WorkloadNotFound)
        {
            return null;
        }
    }
}
