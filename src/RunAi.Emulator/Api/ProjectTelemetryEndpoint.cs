using RunAi.Emulator.Metrics;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /org-unit/projects/telemetry: quotas and what of them is held, in each node pool.</summary>
internal static class ProjectTelemetryEndpoint
{
    private const decimal Megabyte = 1_000_000;

    private static readonly Dictionary<string, Func<Row, (string, string?)>> Groups = new()
    {
        ["ClusterId"] = row => (row.Project.Cluster.Uuid.ToString(), row.Project.Cluster.Name),
        ["NodepoolId"] = row => (row.Pool.Id, row.Pool.Name),
        ["ParentId"] = row => (row.Project.Department.Id.ToString(), row.Project.Department.Name),
    };

    public static void MapProjectTelemetry(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/org-unit/projects/telemetry", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var query = context.Request.Query;
            var rows =
                from project in plane.Organisation.Projects
                where NodeTelemetryEndpoint.Fits(query["clusterId"], project.Cluster.Uuid.ToString())
                    && NodeTelemetryEndpoint.Fits(query["departmentId"], project.Department.Id.ToString())
                from pool in plane.Organisation.NodePools
                where NodeTelemetryEndpoint.Fits(query["nodepoolId"], pool.Id)
                select new Row(project, pool);
            return new Telemetry<Row>(Types(plane.Scheduler.Ledger), Groups).Answer(query, rows, plane.Clock.GetUtcNow());
        }));

    private static Dictionary<string, Func<IReadOnlyList<Row>, decimal>> Types(QuotaLedger ledger) => new()
    {
        ["GPU_QUOTA"] = rows => rows.Sum(row => row.Quota?.Deserved ?? 0),
        ["CPU_QUOTA"] = rows => rows.Sum(row => row.Quota?.CpuCores * 1000 ?? 0),
        ["MEMORY_QUOTA"] = rows => rows.Sum(row => row.Quota?.MemoryMb ?? 0),
        ["GPU_ALLOCATION"] = rows => rows.Sum(row => ledger.Allocated(row.Project, row.Pool).Gpu),
        ["CPU_ALLOCATION"] = rows => rows.Sum(row => ledger.Allocated(row.Project, row.Pool).Cpu * 1000),
        ["MEMORY_ALLOCATION"] = rows => rows.Sum(row => ledger.Allocated(row.Project, row.Pool).Memory / Megabyte),
        ["GPU_ALLOCATION_NON_PREEMPTIBLE"] = rows => rows.Sum(row => ledger.AllocatedNonPreemptible(row.Project, row.Pool).Gpu),
        ["CPU_ALLOCATION_NON_PREEMPTIBLE"] = rows => rows.Sum(row => ledger.AllocatedNonPreemptible(row.Project, row.Pool).Cpu * 1000),
        ["MEMORY_ALLOCATION_NON_PREEMPTIBLE"] = rows => rows.Sum(row =>
            ledger.AllocatedNonPreemptible(row.Project, row.Pool).Memory / Megabyte),
    };

    private sealed record Row(Project Project, NodePool Pool)
    {
        public Quota? Quota => Project.Quotas.FirstOrDefault(quota => quota.Pool == Pool);
    }
}
