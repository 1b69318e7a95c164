using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Redaction;

namespace RunAi.Organisation;

/// <summary>Finds node pools.</summary>
internal sealed class NodePoolCatalog
{
    private readonly StepOperatorConnection _connection;

    public NodePoolCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>Gives the node pools that are wanted on, page by page.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EachAsync(ListFilter wish, Func<IEnumerable<NodePool>, Task> take, CancellationToken ct)
    {
        var cluster = await new ClusterCatalog(_connection).IdAsync(wish.Cluster, ct).ConfigureAwait(false);
        GpuInventory? census = null;
        return await new Selection<NodePoolRecord>()
            .Named("name", static pool => pool.Name, wish.Name)
            .Equal("clusterId", cluster)
            .OneOf("phase", static pool => pool.Phase ?? "", wish.Statuses)
            .ReadAsync(wish, _connection.Client.EachNodePoolAsync, GiveAsync, ct).ConfigureAwait(false);

        async Task GiveAsync(IReadOnlyList<NodePoolRecord> page)
        {
            census ??= await GpuInventory.TakeAsync(
                _connection.Client, "Nodepool", [GpuInventory.All, GpuInventory.Free], ct).ConfigureAwait(false);
            await take(page.Select(pool => Describe(pool, census))).ConfigureAwait(false);
        }
    }

    /// <summary>The failure of a look-up by name.</summary>
    public async Task<RunAiException> NotFoundAsync(string name, CancellationToken ct) => OrganisationErrors.NotFound(
        ErrorIds.NodePoolNotFound, "node pool", _connection.Operator, name,
        [.. (await _connection.Client.ListNodePoolsAsync(ct).ConfigureAwait(false)).Select(static nodePool => nodePool.Name)]);

    private NodePool Describe(NodePoolRecord record, GpuInventory census) => new()
    {
        NodePoolId = record.Id,
        Name = record.Name,
        ClusterId = record.ClusterId,
        ClusterName = record.ClusterName,
        IsDefault = record.IsDefault,
        Status = record.Phase ?? "",
        StatusMessage = CleanText.OrNull(record.PhaseMessage),
        Nodes = record.Status?.Nodes ?? [],
        GpuCount = census.Count(GpuInventory.All, record.ClusterId, record.Name, record.Id),
        GpuFree = census.Count(GpuInventory.Free, record.ClusterId, record.Name, record.Id),
        NodeLabel = record.LabelKey is null ? null : $"{record.LabelKey}={record.LabelValue}",
        GpuPlacement = record.SchedulingConfiguration?.PlacementStrategy?.Gpu,
        MinGuaranteedRuntime = record.SchedulingConfiguration?.MinGuaranteedRuntime is { Length: > 0 } guaranteed and not "0"
            ? guaranteed
            : null,
        CreatedAt = record.CreatedAt,
        StepOperator = _connection.Operator.Name,
    };
}
