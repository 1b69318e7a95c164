using System.Text.Json.Nodes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas Training1 and DistributedWorkload: the answer of creating and of getting a training.</summary>
internal sealed record TrainingAnswer
{
    public required string Name { get; init; }

    public required string RequestedName { get; init; }

    public required Guid WorkloadId { get; init; }

    public required string ProjectId { get; init; }

    public required string DepartmentId { get; init; }

    public required Guid ClusterId { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required DesiredPhase DesiredPhase { get; init; }

    /// <summary>Absent right after creation, when no cluster has reported one yet.</summary>
    public Phase? ActualPhase { get; init; }

    public required JsonObject Spec { get; init; }

    public bool? MasterSpecSameAsWorker { get; init; }

    public JsonObject? MasterSpec { get; init; }

    public static TrainingAnswer Of(Workload workload, Project project, bool withPhase) => new()
    {
        Name = workload.Name,
        RequestedName = workload.RequestedName,
        WorkloadId = workload.Id,
        ProjectId = project.Id,
        DepartmentId = project.Department.Id.ToString(),
        ClusterId = project.Cluster.Uuid,
        CreatedBy = workload.CreatedBy,
        CreatedAt = workload.CreatedAt,
        DeletedAt = workload.DeletedAt,
        DesiredPhase = workload.DesiredPhase,
        ActualPhase = withPhase ? workload.Phase : null,
        Spec = (JsonObject)workload.Spec.DeepClone(),
        MasterSpecSameAsWorker = workload.Kind == WorkloadKind.Distributed ? workload is { HasMaster: true, MasterSpec: null } : null,
        MasterSpec = (JsonObject?)workload.MasterSpec?.DeepClone(),
    };
}
