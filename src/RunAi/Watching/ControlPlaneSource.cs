using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>
/// Sees workloads through the control plane: one by one while they are few, which also tells why they wait, and through the
/// project's list when they are many, so that the number of requests does not grow with them.
/// </summary>
internal sealed class ControlPlaneSource : IWorkloadSource
{
    private const int Few = 5;

    private readonly ControlPlaneClient _client;
    private readonly Func<CancellationToken, Task<ProjectRecord>> _project;

    public ControlPlaneSource(ControlPlaneClient client, Func<CancellationToken, Task<ProjectRecord>> project)
    {
        _client = client;
        _project = project;
    }

    public async Task<Look> LookAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var few = ids.Count <= Few;
        var (found, missing) = few
            ? await OneByOneAsync(ids, cancellationToken).ConfigureAwait(false)
            : await ThroughListAsync(ids, cancellationToken).ConfigureAwait(false);

        // One way of asking is no proof: a gateway may say 404, and a list moves while it is read. Only what neither has is missing.
        var (late, gone) = missing.Count == 0 ? ([], [])
            : few ? await ThroughListAsync(missing, cancellationToken).ConfigureAwait(false)
            : await OneByOneAsync([.. missing.Take(Few)], cancellationToken).ConfigureAwait(false);
        return new Look(_client.Session.ServerTime, [.. found, .. late], gone);
    }

    public Task StopAsync(string id, CancellationToken cancellationToken) => _client.SuspendTrainingAsync(id, cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _client.DeleteTrainingAsync(id, cancellationToken);

    private async Task<(List<Workload> Found, List<string> Missing)> OneByOneAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        List<Workload> found = [];
        List<string> missing = [];
        foreach (var id in ids)
        {
            try
            {
                found.Add(Described(await _client.GetWorkloadAsync(id, cancellationToken, askedAgainAnyway: true).ConfigureAwait(false)));
            }
            catch (RunAiApiException e) when (e.ErrorId == ErrorIds.WorkloadNotFound)
            {
                missing.Add(id);
            }
        }

        return (found, missing);
    }

    private async Task<(List<Workload> Found, List<string> Missing)> ThroughListAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var project = await _project(cancellationToken).ConfigureAwait(false);
        var wanted = new HashSet<string>(ids, StringComparer.OrdinalIgnoreCase);
        var query = new WorkloadQuery { Filters = [Filter.Equal("projectId", project.Id)], AskedAgainAnyway = true };
        var listed = await _client.ListAllWorkloadsAsync(query, cancellationToken).ConfigureAwait(false);
        var found = listed.Where(w => wanted.Remove(w.Id)).Select(Described).ToList();
        return (found, [.. wanted]);
    }

    private Workload Described(WorkloadRecord record) => record.ToWorkload(_client.Session.BaseUrl);
}
