using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>Workloads of every type: list, read, events, history, pods.</content>
internal sealed partial class ControlPlaneClient
{
    private const string Workloads = "/api/v1/workloads";

    /// <summary>One page, as the query asks for it.</summary>
    public Task<Page<WorkloadRecord>> ListWorkloadsAsync(WorkloadQuery query, CancellationToken ct) =>
        ReadPageAsync<WorkloadRecord>(
            new ApiRequest(HttpMethod.Get, Workloads) { Query = query.ToQuery(), Purpose = "list workloads", NoRetry = query.NoRetry },
            "workloads", ct);

    /// <summary>
    /// All workloads of a query, or the first <paramref name="max"/>. Without a wish for order they are sorted by creation,
    /// so that new ones do not shift the pages.
    /// </summary>
    public Task<IReadOnlyList<WorkloadRecord>> ListAllWorkloadsAsync(
        WorkloadQuery query, CancellationToken ct, int max = int.MaxValue)
    {
        var sorted = query.SortBy is null ? query with { SortBy = "createdAt" } : query;
        return Page<WorkloadRecord>.AllAsync(
            (offset, limit) => ListWorkloadsAsync(sorted with { Offset = offset, Limit = limit }, ct), static w => w.Id, max);
    }

    /// <summary>Gives the workloads of a query on page by page, in the order it asks for.</summary>
    public Task EachWorkloadAsync(
        WorkloadQuery query, int most, Func<IReadOnlyList<WorkloadRecord>, Task> take, Func<bool> isEnough, CancellationToken ct) =>
        Page<WorkloadRecord>.EachAsync(
            (offset, limit) => ListWorkloadsAsync(query with { Offset = offset, Limit = limit }, ct), static w => w.Id, take,
            most, isEnough);

    /// <summary>The workloads of exactly this name in a project: one at most, but the API does not promise it.</summary>
    public async Task<IReadOnlyList<WorkloadRecord>> FindWorkloadsAsync(string name, string projectId, CancellationToken ct)
    {
        var query = new WorkloadQuery { Filters = [Filter.Equal("name", name), Filter.Equal("projectId", projectId)] };
        var found = await ListAllWorkloadsAsync(query, ct).ConfigureAwait(false);
        return [.. found.Where(w => w.Name == name && w.ProjectId == projectId)];
    }

    /// <summary>One workload, with the scheduler's messages that lists do not have.</summary>
    public Task<WorkloadRecord> GetWorkloadAsync(string workloadId, CancellationToken ct, bool noRetry = false) =>
        ReadAsync<WorkloadRecord>(
            OfWorkload(HttpMethod.Get, Workloads, workloadId, "", "read") with { NoRetry = noRetry }, ct);

    /// <summary>The phase of a workload; null when it is no longer there.</summary>
    public async Task<string?> FindPhaseAsync(string workloadId, CancellationToken ct) =>
        (await GetWorkloadAsync(workloadId, ct).OrNullIfNotFoundAsync().ConfigureAwait(false))?.Phase;

    /// <summary>The newest events first.</summary>
    public Task<IReadOnlyList<EventRecord>> ListEventsAsync(string workloadId, int limit, CancellationToken ct) =>
        ListOfWorkloadAsync<EventRecord>(workloadId, "events", "events", static e => e.Id ?? "", limit, ct);

    public Task<IReadOnlyList<HistoryRecord>> ListHistoryAsync(string workloadId, int limit, CancellationToken ct) =>
        ListOfWorkloadAsync<HistoryRecord>(workloadId, "history", "records", static _ => "", limit, ct);

    public Task<IReadOnlyList<PodRecord>> ListPodsAsync(string workloadId, int limit, CancellationToken ct) =>
        ListOfWorkloadAsync<PodRecord>(workloadId, "pods", "pods", static p => p.Id, limit, ct);

    /// <summary>Gives events on page by page, the newest first.</summary>
    public Task EachEventAsync(string workloadId, int most, Func<IReadOnlyList<EventRecord>, Task> take, CancellationToken ct) =>
        Page<EventRecord>.EachAsync(OfWorkloadPages<EventRecord>(workloadId, "events", "events", ct), static e => e.Id ?? "", take, most);

    /// <summary>Gives history entries on page by page.</summary>
    public Task EachHistoryEntryAsync(string workloadId, int most, Func<IReadOnlyList<HistoryRecord>, Task> take, CancellationToken ct) =>
        Page<HistoryRecord>.EachAsync(OfWorkloadPages<HistoryRecord>(workloadId, "history", "records", ct), static _ => "", take, most);

    /// <summary>Gives pods on page by page.</summary>
    public Task EachPodAsync(string workloadId, int most, Func<IReadOnlyList<PodRecord>, Task> take, CancellationToken ct) =>
        Page<PodRecord>.EachAsync(OfWorkloadPages<PodRecord>(workloadId, "pods", "pods", ct), static p => p.Id, take, most);

    private Task<IReadOnlyList<T>> ListOfWorkloadAsync<T>(
        string workloadId, string what, string rows, Func<T, string> key, int limit, CancellationToken ct)
        where T : class =>
        Page<T>.AllAsync(OfWorkloadPages<T>(workloadId, what, rows, ct), key, limit);

    private Func<int, int, Task<Page<T>>> OfWorkloadPages<T>(string workloadId, string what, string rows, CancellationToken ct)
        where T : class
    {
        var request = OfWorkload(HttpMethod.Get, Workloads, workloadId, "/" + what, $"list the {what} of");
        return (offset, count) => ReadPageAsync<T>(
            request with { Query = new QueryText().Add("offset", offset).Add("limit", count).ToString() }, rows, ct);
    }
}
