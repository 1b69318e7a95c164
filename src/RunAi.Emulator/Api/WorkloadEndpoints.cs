using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /workloads, its count, one workload, its events, its history.</summary>
internal static class WorkloadEndpoints
{
    public static void MapWorkloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/workloads", List);
        routes.MapGet("/api/v1/workloads/count", Count);
        routes.MapGet("/api/v1/workloads/{workloadId}", (string workloadId, ControlPlane plane) => plane.Read(_ =>
            Find(plane, workloadId) is { } workload
                ? Answer(new WorkloadRows(plane.Organisation, plane.Clock.GetUtcNow()).Of(workload, detailed: true))
                : ApiError.NotFound($"There is no workload {workloadId}.")));
        routes.MapGet("/api/v1/workloads/{workloadId}/events", Events);
        routes.MapGet("/api/v1/workloads/{workloadId}/history", History);
    }

    /// <summary>A workload that is not deleted, by the text of its id.</summary>
    public static Workload? Find(ControlPlane plane, string id) =>
        Guid.TryParse(id, out var guid) && plane.Workloads.TryGet(guid, out var workload) ? workload : null;

    public static IResult Answer(object body) => Results.Json(body, WireJson.Options);

    private static IResult List(HttpContext context, ControlPlane plane) => plane.Read(_ =>
    {
        var now = plane.Clock.GetUtcNow();
        var query = new ListQuery<Workload>(context.Request.Query, WorkloadFields.For(plane.Organisation, now));
        var (items, next) = query.Page(Chosen(context, plane), Searched);
        var rows = new WorkloadRows(plane.Organisation, now);
        return Answer(new { Next = next, Workloads = items.ConvertAll(workload => rows.Of(workload)) });
    });

    private static IResult Count(HttpContext context, ControlPlane plane) => plane.Read(_ =>
    {
        var query = new ListQuery<Workload>(context.Request.Query, WorkloadFields.For(plane.Organisation, plane.Clock.GetUtcNow()));
        return Answer(new { Count = query.Select(Chosen(context, plane), Searched).LongCount() });
    });

    private static IResult Events(string workloadId, HttpContext context, ControlPlane plane) => plane.Read(_ =>
    {
        if (Find(plane, workloadId) is not { } workload)
        {
            return ApiError.NotFound($"There is no workload {workloadId}.");
        }

        var query = new ListQuery<WorkloadEvent>(context.Request.Query, NoFields<WorkloadEvent>(), descending: true);
        var (items, next) = query.Page(workload.Events);
        var project = plane.Organisation.ProjectById(workload.ProjectId)!;
        return Answer(new { Next = next, Events = items.ConvertAll(e => EventRow.Of(e, workload, project)) });
    });

    private static IResult History(string workloadId, HttpContext context, ControlPlane plane) => plane.Read(_ =>
    {
        if (Find(plane, workloadId) is not { } workload)
        {
            return ApiError.NotFound($"There is no workload {workloadId}.");
        }

        var query = new ListQuery<HistoryRecord>(context.Request.Query, NoFields<HistoryRecord>());
        var (items, next) = query.Page(workload.History);
        var project = plane.Organisation.ProjectById(workload.ProjectId)!;
        return Answer(new { Next = next, Records = items.ConvertAll(record => HistoryRow.Of(record, workload, project)) });
    });

    private static IReadOnlyList<Workload> Chosen(HttpContext context, ControlPlane plane) =>
        context.Request.Query["deleted"] == "true" ? plane.Workloads.Deleted : plane.Workloads.Live;

    private static IEnumerable<string?> Searched(Workload workload) =>
        [workload.Name, workload.CreatedBy, workload.Phase.ToString(), workload.PriorityClass];

    private static Dictionary<string, ListField<T>> NoFields<T>() => [];
}
