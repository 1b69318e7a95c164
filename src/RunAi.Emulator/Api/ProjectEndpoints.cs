using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /org-unit/projects, its count, one project.</summary>
internal static class ProjectEndpoints
{
    private const string Root = "/api/v1/org-unit/projects";

    public static void MapProjects(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var query = new ListQuery<Project>(context.Request.Query, Fields(plane));
            var (items, next) = query.Page(plane.Organisation.Projects, Searched);
            return WorkloadEndpoints.Answer(new { Projects = items.ConvertAll(project => ProjectRow.Of(project, plane)), Next = next });
        }));
        routes.MapGet(Root + "/count", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var query = new ListQuery<Project>(context.Request.Query, Fields(plane));
            return WorkloadEndpoints.Answer(new { Count = query.Select(plane.Organisation.Projects, Searched).LongCount() });
        }));
        routes.MapGet(Root + "/{projectId}", (string projectId, ControlPlane plane) => plane.Read(_ =>
            plane.Organisation.ProjectById(projectId) is { } project
                ? WorkloadEndpoints.Answer(ProjectRow.Of(project, plane))
                : ApiError.NotFound($"There is no project {projectId}.")));
    }

    private static IEnumerable<string?> Searched(Project project) => [project.Name, project.Description];

    private static Dictionary<string, ListField<Project>> Fields(ControlPlane plane)
    {
        var fields = new Dictionary<string, ListField<Project>>
        {
            ["name"] = ListField<Project>.Text(project => project.Name),
            ["clusterId"] = ListField<Project>.Text(project => project.Cluster.Uuid.ToString()),
            ["departmentId"] = ListField<Project>.Text(project => project.Department.Id.ToString()),
            ["parentId"] = ListField<Project>.Text(project => project.Department.Id.ToString()),
            ["parentName"] = ListField<Project>.Text(project => project.Department.Name),
            ["phase"] = ListField<Project>.Text(_ => "Ready"),
            ["totalGpuQuota"] = ListField<Project>.Number(project => QuotaView.Total(project.Quotas).GpuQuota),
            ["gpuAllocated"] = ListField<Project>.Number(project => QuotaView.AllocatedGpu(plane, project)),
            ["createdAt"] = ListField<Project>.Time(_ => plane.Organisation.CreatedAt),
        };
        return fields.WithoutAverages();
    }

    /// <summary>The averages over time that the document lists and nothing here measures.</summary>
    public static Dictionary<string, ListField<T>> WithoutAverages<T>(this Dictionary<string, ListField<T>> fields)
    {
        foreach (var span in new[] { "24h", "7d", "30d" })
        {
            foreach (var what in new[] { "avgGpuAllocation", "avgGpuUtilization", "avgGpuMemoryUtilization" })
            {
                fields[what + span] = ListField<T>.Number(_ => null);
            }
        }

        return fields;
    }
}
