using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /org-unit/departments; the status only with verbosity=verbose.</summary>
internal static class DepartmentEndpoints
{
    public static void MapDepartments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/org-unit/departments", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var verbosity = context.Request.Query["verbosity"].ToString();
            if (verbosity is not ("" or "meta" or "brief" or "verbose"))
            {
                throw new QueryException($"verbosity: '{verbosity}' is not meta, brief or verbose.");
            }

            var query = new ListQuery<Department>(context.Request.Query, Fields(plane));
            var (items, next) = query.Page(plane.Organisation.Departments);
            return WorkloadEndpoints.Answer(new
            {
                Departments = items.ConvertAll(department => Row(department, plane, verbosity == "verbose")),
                Next = next,
            });
        }));

    private static object Row(Department department, ControlPlane plane, bool verbose) => new
    {
        Id = department.Id.ToString(),
        department.Name,
        ClusterId = department.Cluster.Uuid,
        plane.Organisation.CreatedAt,
        UpdatedAt = plane.Organisation.CreatedAt,
        CreatedBy = "emulator",
        UpdatedBy = "emulator",
        TotalResources = QuotaView.Total(department.Quotas),
        Resources = QuotaView.Resources(department.Quotas),
        Status = verbose ? new { QuotaStatus = QuotaView.Sum(plane, department) } : null,
    };

    private static Dictionary<string, ListField<Department>> Fields(ControlPlane plane) => new Dictionary<string, ListField<Department>>
    {
        ["name"] = ListField<Department>.Text(department => department.Name),
        ["clusterId"] = ListField<Department>.Text(department => department.Cluster.Uuid.ToString()),
        ["totalGpuQuota"] = ListField<Department>.Number(department => QuotaView.Total(department.Quotas).GpuQuota),
        ["gpuAllocated"] = ListField<Department>.Number(department => QuotaView.AllocatedGpu(plane, department)),
        ["createdAt"] = ListField<Department>.Time(_ => plane.Organisation.CreatedAt),
    }.WithoutAverages();
}
