using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /nodes.</summary>
internal static class NodeEndpoints
{
    private static readonly IReadOnlyDictionary<string, ListField<Node>> Fields = new Dictionary<string, ListField<Node>>
    {
        ["name"] = ListField<Node>.Text(node => node.Name),
        ["status"] = ListField<Node>.Text(node => node.Status),
        ["nodePool"] = ListField<Node>.Text(node => node.Pool.Name),
        ["gpuType"] = ListField<Node>.Text(node => node.DevicesUsed.Length > 0 ? node.GpuType : null),
        ["nvLinkDomainUid"] = ListField<Node>.Absent,
        ["nvLinkCliqueId"] = ListField<Node>.Absent,
        ["clusterUuid"] = ListField<Node>.Text(node => node.Pool.Cluster.Uuid.ToString()),
    };

    public static void MapNodes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/nodes", (HttpContext context, ControlPlane plane) => Answer(context, plane, plane.Organisation.Nodes));

        // Deprecated, and what older clients ask.
        routes.MapGet("/api/v1/clusters/{clusterUuid}/nodes", (Guid clusterUuid, HttpContext context, ControlPlane plane) =>
            Answer(context, plane, plane.Organisation.Nodes.Where(node => node.Pool.Cluster.Uuid == clusterUuid)));
    }

    private static IResult Answer(HttpContext context, ControlPlane plane, IEnumerable<Node> nodes)
    {
        var query = new ListQuery<Node>(context.Request.Query, Fields);
        var (items, _) = query.Page(nodes, node => [node.Name, node.Pool.Name, node.GpuType]);
        return WorkloadEndpoints.Answer(new { Nodes = items.ConvertAll(node => Row(node, plane.Organisation)) });
    }

    private static object Row(Node node, Organisation organisation) => new
    {
        node.Id,
        node.Name,
        ClusterUuid = node.Pool.Cluster.Uuid,
        node.Status,
        NodePool = node.Pool.Name,
        GpuInfo = node.DevicesUsed.Length > 0 ? new { node.GpuType, GpuCount = node.DevicesUsed.Length } : null,
        Taints = node.Taints.Select(taint => new { taint.Key, taint.Value, taint.Effect }),
        organisation.CreatedAt,
        UpdatedAt = organisation.CreatedAt,
    };
}
