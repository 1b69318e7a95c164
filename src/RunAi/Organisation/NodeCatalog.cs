using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Redaction;

namespace RunAi.Organisation;

/// <summary>Finds nodes.</summary>
internal sealed class NodeCatalog
{
    private readonly StepOperatorConnection _connection;

    public NodeCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>Gives the nodes that are wanted on, page by page.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EachAsync(ListFilter wish, Func<IEnumerable<Node>, Task> take, CancellationToken ct)
    {
        var clusters = new ClusterCatalog(_connection);
        var cluster = await clusters.IdAsync(wish.Cluster, ct).ConfigureAwait(false);
        GpuInventory? census = null;
        Func<string, string?>? nameOf = null;
        return await new Selection<NodeRecord>()
            .Named("name", static node => node.Name, wish.Name)
            .Named("nodePool", static node => node.NodePool, wish.NodePool)
            .Equal("clusterUuid", cluster)
            .OneOf("status", static node => node.Status, wish.Statuses)
            .ReadAsync(wish, _connection.Client.EachNodeAsync, GiveAsync, ct).ConfigureAwait(false);

        async Task GiveAsync(IReadOnlyList<NodeRecord> page)
        {
            nameOf ??= await _connection.ClusterNamesAsync(ct).ConfigureAwait(false);
            census ??= await GpuInventory.TakeAsync(_connection.Client, "Node", [GpuInventory.Free], ct).ConfigureAwait(false);
            await take(page.Select(node => Describe(node, nameOf, census))).ConfigureAwait(false);
        }
    }

    /// <summary>The failure of a look-up by name.</summary>
    public async Task<RunAiException> NotFoundAsync(string name, CancellationToken ct) => OrganisationErrors.NotFound(
        ErrorIds.NodeNotFound, "node", _connection.Operator, name,
        [.. (await _connection.Client.ListNodesAsync(new ListQuery(), ct).ConfigureAwait(false)).Select(static node => node.Name)]);

    private Node Describe(NodeRecord record, Func<string, string?> clusterName, GpuInventory census) => new()
    {
        NodeId = record.Id,
        Name = record.Name,
        ClusterId = record.ClusterUuid,
        ClusterName = clusterName(record.ClusterUuid),
        NodePool = record.NodePool,
        Status = record.Status,
        StatusReasons =
            [.. record.Conditions.Select(static condition => CleanText.Of($"{condition.Type}: {condition.Message ?? condition.Reason}"))],
        GpuType = record.GpuInfo?.GpuType,
        GpuCount = record.GpuInfo?.GpuCount ?? 0,
        GpuFree = census.Count(GpuInventory.Free, record.ClusterUuid, record.Name, record.Id),
        Taints = [.. record.Taints.Select(static taint => $"{taint.Key}{(taint.Value is null ? "" : "=" + taint.Value)}:{taint.Effect}")],
        CreatedAt = record.CreatedAt,
        StepOperator = _connection.Operator.Name,
    };
}
