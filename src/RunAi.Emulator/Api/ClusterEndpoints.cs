using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /clusters (a bare list) and one cluster.</summary>
internal static class ClusterEndpoints
{
    public static void MapClusters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/clusters", (HttpContext context, ControlPlane plane) => WorkloadEndpoints.Answer(
            plane.Organisation.Clusters.Select(cluster => Row(cluster, plane, context))));
        routes.MapGet("/api/v1/clusters/{clusterUuid}", (string clusterUuid, HttpContext context, ControlPlane plane) =>
            plane.Organisation.Clusters.FirstOrDefault(c => Guid.TryParse(clusterUuid, out var uuid) && c.Uuid == uuid) is { } cluster
                ? WorkloadEndpoints.Answer(Row(cluster, plane, context))
                : ApiError.NotFound($"There is no cluster {clusterUuid}."));
    }

    private static bool Full(HttpContext context) => context.Request.Query["verbosity"].ToString() switch
    {
        "" or "full" => true,
        "metadata" => false,
        var other => throw new Listing.QueryException($"verbosity: '{other}' is not metadata or full."),
    };

    private static object Row(Cluster cluster, ControlPlane plane, HttpContext context) => new
    {
        cluster.Uuid,
        plane.Organisation.TenantId,
        cluster.Name,
        plane.Organisation.CreatedAt,
        UpdatedAt = plane.Organisation.CreatedAt,
        // One emulator is control plane and cluster.
        Domain = cluster.Domain ?? $"{context.Request.Scheme}://{context.Request.Host}",
        cluster.Version,
        LastLiveness = plane.Clock.GetUtcNow(),
        Status = Full(context)
            ? new
            {
                cluster.State,
                Platform = new { Type = "vanilla", KubeVersion = "v1.33.1" },
                Config = new { WorkloadOwnershipProtection = false, SubdomainEnabled = false, IngressClass = "nginx" },
            }
            : null,
    };
}
