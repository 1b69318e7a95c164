using System.Net.Mime;

namespace RunAi.Emulator.Api;

/// <summary>
/// The read-only lists of the document whose things the emulator has none of: each answers as one that is empty. A row is a path and its
/// answer.
/// </summary>
internal static class EmptyListEndpoints
{
    private const string Table = """
        /api/v1/access-keys {"accessKeys":[]}
        /api/v1/administration/access-keys {"accessKeys":[]}
        /api/v1/administration/user-applications []
        /api/v1/ai-applications {"applications":[]}
        /api/v1/ai-applications/count {"count":0}
        /api/v1/apps []
        /api/v1/asset/compute {"entries":[]}
        /api/v1/asset/credentials {"entries":[]}
        /api/v1/asset/credentials/access-key {"entries":[]}
        /api/v1/asset/credentials/docker-registry {"entries":[]}
        /api/v1/asset/credentials/generic-secret {"entries":[]}
        /api/v1/asset/credentials/ngc-api-key {"entries":[]}
        /api/v1/asset/credentials/password {"entries":[]}
        /api/v1/asset/datasource {"entries":[]}
        /api/v1/asset/datasource/config-map {"entries":[]}
        /api/v1/asset/datasource/git {"entries":[]}
        /api/v1/asset/datasource/host-path {"entries":[]}
        /api/v1/asset/datasource/nfs {"entries":[]}
        /api/v1/asset/datasource/pvc {"entries":[]}
        /api/v1/asset/datasource/pvc/{AssetId}/history {"records":[]}
        /api/v1/asset/datasource/s3 {"entries":[]}
        /api/v1/asset/datasource/secrets {"entries":[]}
        /api/v1/asset/environment {"entries":[]}
        /api/v1/asset/registries {"entries":[]}
        /api/v1/asset/workload-template {"entries":[]}
        /api/v1/audit/log {"audit_logs":[]}
        /api/v1/authorization/access-rules {"accessRules":[],"totalRecords":0,"displayRecords":0}
        /api/v1/authorization/access-rules/count {"count":0}
        /api/v1/authorization/me/access-rules {"accessRules":{"accessRules":[],"totalRecords":0,"displayRecords":0}}
        /api/v1/authorization/me/access-rules/count {"count":0}
        /api/v1/authorization/permissions []
        /api/v1/authorization/roles []
        /api/v1/datavolumes {"datavolumes":[]}
        /api/v1/datavolumes/count {"count":0}
        /api/v1/datavolumes/{datavolumeId}/sharedScopes []
        /api/v1/idps []
        /api/v1/network-topologies {"networkTopologies":[]}
        /api/v1/network-topologies/count {"count":0}
        /api/v1/notification-channels []
        /api/v1/notification-types []
        /api/v1/org-unit/priorities {"priorities":[]}
        /api/v1/org-unit/reports {"reports":[]}
        /api/v1/org-unit/reports/count {"count":0}
        /api/v1/service-accounts []
        /api/v1/storage-class-configuration {"storageClassConfigurations":[]}
        /api/v1/storage-classes {"items":[]}
        /api/v1/subscriptions []
        /api/v1/user-applications []
        /api/v1/users []
        /api/v1/users/count {"count":0}
        /api/v1/workload-templates/distributed {"entries":[]}
        /api/v1/workload-templates/inferences {"entries":[]}
        /api/v1/workload-templates/workspaces {"entries":[]}
        /api/v1/workloads/inferences/revisions/{revisionId}/events {"events":[]}
        /api/v1/workloads/inferences/revisions/{revisionId}/history {"records":[]}
        /api/v1/workloads/inferences/revisions/{revisionId}/pods {"pods":[]}
        /api/v1/workloads/inferences/{workloadId}/revisions {"revisions":[]}
        /api/v1/workloads/inferences/{workloadId}/revisions/count {"count":0}
        /api/v2/storage-classes {"items":[]}
        """;

    /// <summary>The paths, as the document has them.</summary>
    public static IEnumerable<string> Paths => Rows.Select(row => row.Path);

    private static IEnumerable<(string Path, string Answer)> Rows =>
        Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(row => row.Split(' ', 2))
            .Select(row => (row[0], row[1]));

    public static void MapEmptyLists(this IEndpointRouteBuilder routes)
    {
        foreach (var (path, answer) in Rows)
        {
            routes.MapGet(path, () => Results.Text(answer, MediaTypeNames.Application.Json));
        }

        routes.MapGet("/api/v1/nodes/count", (ControlPlane plane) => Count(plane, () => plane.Organisation.Nodes.Count));
        routes.MapGet("/api/v1/clusters/{clusterUuid}/nodes/count", (Guid clusterUuid, ControlPlane plane) =>
            Count(plane, () => plane.Organisation.Nodes.Count(node => node.Pool.Cluster.Uuid == clusterUuid)));
        routes.MapGet("/api/v1/node-pools/count", (ControlPlane plane) => Count(plane, () => plane.Organisation.NodePools.Count));
        routes.MapGet(
            "/api/v1/org-unit/departments/count", (ControlPlane plane) => Count(plane, () => plane.Organisation.Departments.Count));
        routes.MapGet("/api/v1/workloads/pods/count", (ControlPlane plane) =>
            Count(plane, () => plane.Workloads.All.Sum(workload => workload.Pods.Count(pod => pod.DeletedAt is null))));
    }

    private static IResult Count(ControlPlane plane, Func<int> count) => WorkloadEndpoints.Answer(new { Count = plane.Read(_ => count()) });
}
