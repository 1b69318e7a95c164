using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>Node pools, nodes, what they hold, and priorities.</content>
internal sealed partial class ControlPlaneClient
{
    private const string All = "";

    /// <summary>All node pools of all clusters, remembered for some minutes.</summary>
    public async Task<IReadOnlyList<NodePoolRecord>> ListNodePoolsAsync(CancellationToken ct)
    {
        if (Session.NodePools.Find(All) is { } known)
        {
            return known;
        }

        var pools = await Page<NodePoolRecord>.AllAsync(Pages<NodePoolRecord>(NodePools, new ListQuery(), ct), KeyOf).ConfigureAwait(false);
        Session.NodePools.Keep(All, pools);
        return pools;
    }

    /// <summary>Gives node pools on page by page.</summary>
    public Task EachNodePoolAsync(
        ListQuery query, int most, Func<IReadOnlyList<NodePoolRecord>, Task> take, Func<bool> isEnough, CancellationToken ct) =>
        Page<NodePoolRecord>.EachAsync(Pages<NodePoolRecord>(NodePools, query, ct), KeyOf, take, most, isEnough);

    /// <summary>All nodes that a query means, in the order it asks for.</summary>
    public Task<IReadOnlyList<NodeRecord>> ListNodesAsync(ListQuery query, CancellationToken ct) =>
        Page<NodeRecord>.AllAsync(Pages<NodeRecord>(Nodes, query, ct), KeyOf);

    /// <summary>Gives nodes on page by page.</summary>
    public Task EachNodeAsync(
        ListQuery query, int most, Func<IReadOnlyList<NodeRecord>, Task> take, Func<bool> isEnough, CancellationToken ct) =>
        Page<NodeRecord>.EachAsync(Pages<NodeRecord>(Nodes, query, ct), KeyOf, take, most, isEnough);

    /// <summary>Gives projects on page by page.</summary>
    public Task EachProjectAsync(
        ListQuery query, int most, Func<IReadOnlyList<ProjectRecord>, Task> take, Func<bool> isEnough, CancellationToken ct) =>
        Page<ProjectRecord>.EachAsync(
            Pages<ProjectRecord>(new ListEndpoint("/api/v1/org-unit/projects", "projects", "list projects"), query, ct),
            static project => project.Id,
            take,
            most,
            isEnough);

    /// <summary>
    /// What the nodes hold now: one number for each group, such as the free GPUs of each node. It comes from the metrics store of
    /// the clusters and may be missing, so it is asked for once and not again and again.
    /// </summary>
    /// <param name="type">What to count, for example <c>FREE_GPUS</c>.</param>
    /// <param name="groupBy">At most two of <c>ClusterId</c>, <c>Nodepool</c> and <c>Node</c>.</param>
    /// <param name="ct">Ends the request.</param>
    public Task<TelemetryRecord> ReadNodeTelemetryAsync(string type, IReadOnlyCollection<string> groupBy, CancellationToken ct) =>
        ReadAsync<TelemetryRecord>(
            new ApiRequest(HttpMethod.Get, "/api/v1/nodes/telemetry")
            {
                Query = new QueryText().Add("telemetryType", type).AddEncoded("groupBy", string.Join(",", groupBy)).ToString(),
                Purpose = $"read the nodes' {type}",
                NoRetry = true,
            },
            ct);

    /// <summary>All priorities of workloads, remembered for some minutes. The API gives them without pages.</summary>
    public async Task<IReadOnlyList<PriorityRecord>> ListPrioritiesAsync(CancellationToken ct)
    {
        if (Session.Priorities.Find(All) is { } known)
        {
            return known;
        }

        var request = new ApiRequest(HttpMethod.Get, "/api/v1/workload-priorities") { Purpose = "list priorities" };
        var page = await ReadPageAsync<PriorityRecord>(request, "priorities", ct).ConfigureAwait(false);
        Session.Priorities.Keep(All, page.Items);
        return page.Items;
    }

    private static ListEndpoint NodePools => new("/api/v1/node-pools", "nodepools", "list node pools");

    private static ListEndpoint Nodes => new("/api/v1/nodes", "nodes", "list nodes");

    private static string KeyOf(NodePoolRecord pool) => pool.Id;

    private static string KeyOf(NodeRecord node) => node.Id ?? $"{node.ClusterUuid}/{node.Name}";

    private Func<int, int, Task<Page<T>>> Pages<T>(ListEndpoint place, ListQuery query, CancellationToken ct)
        where T : class =>
        (offset, limit) => ReadPageAsync<T>(
            new ApiRequest(HttpMethod.Get, place.Path) { Query = query.ToQuery(offset, limit), Purpose = place.Purpose }, place.Rows, ct);
}
