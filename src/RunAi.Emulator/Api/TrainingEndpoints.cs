using System.Text.Json.Nodes;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Policies;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>Create, get, delete, suspend and resume a training, distributed or not, and the same for many in one batch.</summary>
internal static class TrainingEndpoints
{
    private const int MostInABatch = 100;

    public static void MapTrainings(this IEndpointRouteBuilder routes)
    {
        routes.MapKind("/api/v1/workloads/trainings", WorkloadKind.Training);
        routes.MapKind("/api/v1/workloads/distributed", WorkloadKind.Distributed);
        routes.MapPost("/api/v1/workloads/batch", BatchAsync);
    }

    /// <summary>The endpoints of one type; a workload of another type is none of theirs.</summary>
    private static void MapKind(this IEndpointRouteBuilder routes, string root, WorkloadKind kind)
    {
        routes.MapPost(root, (HttpContext context, ControlPlane plane) => CreateAsync(context, plane, kind));
        routes.MapGet(root + "/{workloadId}", (string workloadId, ControlPlane plane) => plane.Read(_ =>
            WorkloadEndpoints.Find(plane, workloadId) is { } workload && workload.Kind == kind
                ? WorkloadEndpoints.Answer(TrainingAnswer.Of(
                    workload, plane.Organisation.ProjectById(workload.ProjectId)!, withPhase: true))
                : NotFound(workloadId, kind)));
        routes.MapDelete(root + "/{workloadId}", (string workloadId, HttpContext context, ControlPlane plane) =>
            Act(workloadId, plane, kind, id => plane.Delete(id, context.RequestId())));
        routes.MapPost(root + "/{workloadId}/suspend", (string workloadId, HttpContext context, ControlPlane plane) =>
            Act(workloadId, plane, kind, id => plane.Suspend(id, context.RequestId())));
        routes.MapPost(root + "/{workloadId}/resume", (string workloadId, HttpContext context, ControlPlane plane) =>
            Act(workloadId, plane, kind, id => plane.Resume(id, context.RequestId())));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, ControlPlane plane, WorkloadKind kind)
    {
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return ApiError.Rejected("Bad submission request.", [new ComplianceIssue("body", "it is no JSON object")]);
        }

        var submission = Submission.Examine(body, plane, kind);
        if (submission.Conflict is { } conflict)
        {
            return ApiError.Of(new ErrorBody(409, conflict));
        }

        if (submission.Workload is not { } workload)
        {
            return ApiError.Rejected(submission.Message, submission.Issues);
        }

        plane.Create(workload, context.RequestId());
        var project = plane.Organisation.ProjectById(workload.ProjectId)!;
        var answer = plane.Read(_ => TrainingAnswer.Of(workload, project, withPhase: false));
        return Results.Json(answer, WireJson.Options, statusCode: 202);
    }

    private static IResult Act(string workloadId, ControlPlane plane, WorkloadKind kind, Func<Guid, bool> act) =>
        plane.Read(_ => WorkloadEndpoints.Find(plane, workloadId)) is { } workload && workload.Kind == kind && act(workload.Id)
            ? ApiError.Accepted()
            : NotFound(workloadId, kind);

    private static IResult NotFound(string workloadId, WorkloadKind kind) =>
        ApiError.NotFound($"There is no {(kind == WorkloadKind.Training ? "training" : "distributed training")} {workloadId}.");

    private static async Task<IResult> BatchAsync(HttpContext context, ControlPlane plane)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        var ids = (body?["ids"] as JsonArray)?.Select(id => Guid.TryParse(id?.ToString(), out var guid) ? guid : (Guid?)null).ToList();
        if (ids is not { Count: > 0 and <= MostInABatch } || ids.Contains(null))
        {
            return ApiError.BadRequest("ids: 1 to 100 UUIDs are needed.");
        }

        Func<Guid, string, bool>? act = JsonBody.Text(body!, "action") switch
        {
            "delete" => plane.Delete,
            "suspend" => plane.Suspend,
            "resume" => plane.Resume,
            _ => null,
        };
        if (act is null)
        {
            return ApiError.BadRequest("action: delete, suspend or resume is needed.");
        }

        var done = ids.Select(id => (Id: id!.Value, Found: act(id.Value, context.RequestId()))).ToList();
        return WorkloadEndpoints.Answer(new
        {
            Id = Guid.NewGuid(),
            Succeeded = done.Where(item => item.Found).Select(item => item.Id),
            Failed = done.Where(item => !item.Found).Select(item => new { item.Id, Code = 404, Message = "Resource id not found." }),
        });
    }
}
