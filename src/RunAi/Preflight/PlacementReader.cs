using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Organisation;

namespace RunAi.Preflight;

/// <summary>Reads what a project has and holds in the node pools a step may run in, and what is free there.</summary>
internal sealed class PlacementReader
{
    private const string MemoryOfAll = "TOTAL_GPU_MEMORY_BYTES";
    private const string Ready = "Ready";

    private readonly ControlPlaneClient _client;

    public PlacementReader(ControlPlaneClient client) => _client = client;

    /// <summary>
    /// The node pools that a step is tried in, in their order: its own, else the project's, else all in which the project has quota.
    /// </summary>
    public static IReadOnlyList<string> PoolsOf(IReadOnlyList<string> asked, ProjectRecord project) =>
        asked.Count > 0 ? asked
        : project.Effective?.DefaultNodePools is { Count: > 0 } inherited ? inherited
        : project.DefaultNodePools.Count > 0 ? project.DefaultNodePools
        : [.. project.Resources.Select(resource => resource.NodePool?.Name).OfType<string>()];

    /// <summary>The pools with their nodes. What the control plane does not tell of nodes is left open, with the reason.</summary>
    public async Task<(IReadOnlyList<PoolCapacity> Pools, string? Unknown)> ReadAsync(
        ProjectRecord project, IReadOnlyList<string> pools, CancellationToken ct)
    {
        IReadOnlyList<NodeRecord>? nodes = null;
        string? unknown = null;
        try
        {
            nodes = await _client.ListNodesAsync(
                new ListQuery { Filters = [Filter.Equal("clusterUuid", project.ClusterId)] }, ct).ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (e.StatusCode is 403 or 404)
        {
            unknown = e.Message;
        }

        var census = nodes is null
            ? null
            : await GpuInventory.TakeAsync(_client, "Node", [GpuInventory.Free, MemoryOfAll], ct).ConfigureAwait(false);
        return ([.. pools.Select(name => Room(
            project, name, nodes?.Where(node => node.NodePool == name && node.Status == Ready), census))], unknown);
    }

    private static PoolCapacity Room(ProjectRecord project, string name, IEnumerable<NodeRecord>? nodes, GpuInventory? census)
    {
        var quota = project.Resources.FirstOrDefault(resource => resource.NodePool?.Name == name)?.Gpu;
        var held = project.Status?.NodePoolQuotaStatuses.FirstOrDefault(nodePoolQuotaStatus => nodePoolQuotaStatus.NodePoolName == name);
        return new PoolCapacity(
            name,
            (decimal)(quota?.Deserved ?? 0),
            (decimal?)quota?.Limit,
            (decimal)(held?.Allocated?.Gpu ?? 0),
            (decimal)(held?.AllocatedNonPreemptible?.Gpu ?? 0),
            nodes is null ? null : [.. nodes.Select(node => Room(node, census!))]);
    }

    private static NodeCapacity Room(NodeRecord node, GpuInventory census)
    {
        var gpus = node.GpuInfo?.GpuCount ?? 0;
        var memory = (decimal?)census.Count(MemoryOfAll, node.ClusterUuid, node.Id, node.Name);
        return new NodeCapacity(
            node.Name, gpus, gpus == 0 ? 0 : (decimal?)census.Count(GpuInventory.Free, node.ClusterUuid, node.Id, node.Name),
            gpus == 0 ? null : memory / gpus);
    }
}
