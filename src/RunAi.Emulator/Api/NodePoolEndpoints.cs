using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /node-pools.</summary>
internal static class NodePoolEndpoints
{
    public static void MapNodePools(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/node-pools", (HttpContext context, ControlPlane plane) =>
        {
            var (items, _) = new ListQuery<NodePool>(context.Request.Query, Fields(plane)).Page(plane.Organisation.NodePools);
            return WorkloadEndpoints.Answer(new { Nodepools = items.ConvertAll(pool => Row(pool, plane.Organisation)) });
        });

    private static string PhaseOf(NodePool pool) =>
        pool.Nodes.Count == 0 ? "Empty" : pool.Nodes.Exists(node => node.Status == "Ready") ? "Ready" : "Unschedulable";

    private static object Row(NodePool pool, Organisation organisation) => new
    {
        pool.Id,
        pool.Name,
        organisation.TenantId,
        LabelKey = "runai/node-pool",
        LabelValue = pool.Name,
        ClusterId = pool.Cluster.Uuid,
        ClusterName = pool.Cluster.Name,
        pool.IsDefault,
        Phase = PhaseOf(pool),
        SchedulingConfiguration = new
        {
            PlacementStrategy = new { Cpu = pool.BinPack ? "binpack" : "spread", Gpu = pool.BinPack ? "binpack" : "spread" },
            MinGuaranteedRuntime = pool.MinGuaranteedRuntime > TimeSpan.Zero ? (long)pool.MinGuaranteedRuntime.TotalSeconds + "s" : null,
        },
        Status = new { Nodes = pool.Nodes.Select(node => node.Name) },
        organisation.CreatedAt,
        CreatedBy = "emulator",
        UpdatedAt = organisation.CreatedAt,
        UpdatedBy = "emulator",
    };

    private static Dictionary<string, ListField<NodePool>> Fields(ControlPlane plane) => new()
    {
        ["name"] = ListField<NodePool>.Text(pool => pool.Name),
        ["clusterId"] = ListField<NodePool>.Text(pool => pool.Cluster.Uuid.ToString()),
        ["phase"] = ListField<NodePool>.Text(PhaseOf),
        ["createdAt"] = ListField<NodePool>.Time(_ => plane.Organisation.CreatedAt),
        ["updatedAt"] = ListField<NodePool>.Time(_ => plane.Organisation.CreatedAt),
        ["gpuNetworkAccelerationDetection"] = ListField<NodePool>.Absent,
        ["networkTopologyName"] = ListField<NodePool>.Absent,
        ["gpuNetworkAccelerationDetected"] = ListField<NodePool>.Absent,
        ["gpuNetworkAccelerationLabelKey"] = ListField<NodePool>.Absent,
        ["swapEnabled"] = ListField<NodePool>.Absent,
        ["nodeLevelSchedulerEnabled"] = ListField<NodePool>.Absent,
    };
}
