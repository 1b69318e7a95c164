using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Metrics;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /workloads/telemetry: how many workloads, what they hold, how long they have been waiting.</summary>
internal static class WorkloadTelemetryEndpoint
{
    private static readonly Dictionary<string, Func<IReadOnlyList<Workload>, decimal>> Types = new()
    {
        ["WORKLOADS_COUNT"] = workloads => workloads.Count,
        ["GPU_ALLOCATION"] = workloads => workloads.Sum(WorkloadRows.AllocatedGpu),
        ["PENDING_TIME_DISTRIBUTION"] = workloads => workloads.Count,
    };

    public static void MapWorkloadTelemetry(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/workloads/telemetry", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
        {
            var query = context.Request.Query;
            var now = plane.Clock.GetUtcNow();
            var phases = Phases(query["filterByPhases"].ToString());
            var byWait = query["telemetryType"] == "PENDING_TIME_DISTRIBUTION";
            var workloads = plane.Workloads.Live.Where(workload => phases is null || phases.Contains(workload.Phase))
                .Where(workload => !byWait || workload.Phase == Phase.Pending)
                .Where(workload => Fits(query, workload, plane.Organisation.ProjectById(workload.ProjectId)!));
            var groups = Groups(plane.Organisation);
            return (byWait
                ? new Telemetry<Workload>(Types, groups, workload => Wait(now - workload.PhaseUpdatedAt))
                : new Telemetry<Workload>(Types, groups)).Answer(query, workloads, now);
        }));

    private static bool Fits(IQueryCollection query, Workload workload, Project project) =>
        NodeTelemetryEndpoint.Fits(query["clusterId"], project.Cluster.Uuid.ToString())
        && NodeTelemetryEndpoint.Fits(query["departmentId"], project.Department.Id.ToString())
        && NodeTelemetryEndpoint.Fits(query["nodepoolName"], workload.CurrentNodePool ?? "");

    private static HashSet<Phase>? Phases(string asked) => asked.Length == 0
        ? null
        : [.. asked.Split(',').Select(name => Enum.TryParse<Phase>(name, out var phase)
            ? phase
            : throw new QueryException($"filterByPhases: '{name}' is no phase."))];

    /// <summary>One of four spans; the document asks for four and does not name them.</summary>
    private static string Wait(TimeSpan wait) => wait switch
    {
        { TotalMinutes: < 5 } => "0-5m",
        { TotalHours: < 1 } => "5m-1h",
        { TotalDays: < 1 } => "1h-24h",
        _ => "24h+",
    };

    private static Dictionary<string, Func<Workload, (string, string?)>> Groups(Organisation organisation)
    {
        Project Of(Workload workload) => organisation.ProjectById(workload.ProjectId)!;
        return new()
        {
            ["ClusterId"] = workload => (Of(workload).Cluster.Uuid.ToString(), Of(workload).Cluster.Name),
            ["DepartmentId"] = workload => (Of(workload).Department.Id.ToString(), Of(workload).Department.Name),
            ["ProjectId"] = workload => (workload.ProjectId, Of(workload).Name),
            ["Type"] = workload => (workload.Kind.ToString(), null),
            ["CurrentNodepools"] = workload => (workload.CurrentNodePool ?? "", null),
            ["Phase"] = workload => (workload.Phase.ToString(), null),
            ["Category"] = workload => (SpecView.Of(workload).Category, null),
        };
    }
}
