using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /workloads/{id}/pods and GET /workloads/pods.</summary>
internal static class PodEndpoints
{
    private static readonly IReadOnlyDictionary<string, ListField<PodRow>> Fields = new Dictionary<string, ListField<PodRow>>
    {
        ["clusterId"] = ListField<PodRow>.Text(pod => pod.ClusterId.ToString()),
        ["workloadId"] = ListField<PodRow>.Text(pod => pod.WorkloadId.ToString()),
        ["revisionId"] = ListField<PodRow>.Absent,
        ["nodeName"] = ListField<PodRow>.Text(pod => pod.NodeName),
        ["currentNodepool"] = ListField<PodRow>.Text(pod => pod.CurrentNodePool),
        ["createdAt"] = ListField<PodRow>.Time(pod => pod.CreatedAt),
        ["completedAt"] = ListField<PodRow>.Time(pod => pod.CompletedAt),
        ["deletedAt"] = ListField<PodRow>.Time(pod => pod.DeletedAt),
    };

    public static void MapPods(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/workloads/pods", (HttpContext context, ControlPlane plane) => plane.Read(_ =>
            Answer(context, plane, plane.Workloads.All)));
        routes.MapGet("/api/v1/workloads/{workloadId}/pods", (string workloadId, HttpContext context, ControlPlane plane) =>
            plane.Read(_ => WorkloadEndpoints.Find(plane, workloadId) is { } workload
                ? Answer(context, plane, [workload])
                : ApiError.NotFound($"There is no workload {workloadId}.")));
    }

    private static IResult Answer(HttpContext context, ControlPlane plane, IEnumerable<Workload> workloads)
    {
        var query = new ListQuery<PodRow>(context.Request.Query, Fields);
        var deleted = context.Request.Query["deleted"] == "true";
        bool? completed = context.Request.Query["completed"].ToString() switch
        {
            "" or "all" => null,
            "true" => true,
            "false" => false,
            var other => throw new QueryException($"completed: '{other}' is not true, false or all."),
        };
        var rows = new WorkloadRows(plane.Organisation, plane.Clock.GetUtcNow());
        var pods = workloads.SelectMany(workload => workload.Pods
            .Where(pod => pod.DeletedAt is not null == deleted && (completed is null || pod.CompletedAt is not null == completed))
            .Select(pod => PodRow.Of(pod, workload, plane.Organisation, rows)));
        var (items, next) = query.Page(pods, pod => [pod.Name, pod.NodeName, pod.WorkloadName]);
        return WorkloadEndpoints.Answer(new { Next = next, Pods = items });
    }
}
