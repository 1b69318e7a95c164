using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Pod1.</summary>
internal sealed record PodRow
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Guid WorkloadId { get; init; }

    public required string WorkloadName { get; init; }

    public required Guid ClusterId { get; init; }

    public required int TenantId { get; init; }

    public required string ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string NodeName { get; init; }

    public required string PriorityClassName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required IReadOnlyList<ContainerRow> Containers { get; init; }

    public required string CurrentNodePool { get; init; }

    public required IReadOnlyList<string> RequestedNodePools { get; init; }

    public required RequestedResourcesRow RequestedResources { get; init; }

    public AllocatedResourcesRow? AllocatedResources { get; init; }

    public required string K8sPhase { get; init; }

    public required DateTimeOffset K8sPhaseUpdatedAt { get; init; }

    public static PodRow Of(Pod pod, Workload workload, Organisation organisation, WorkloadRows rows)
    {
        var project = organisation.ProjectById(workload.ProjectId)!;
        return new PodRow
        {
            Id = pod.Id,
            Name = pod.Name,
            WorkloadId = workload.Id,
            WorkloadName = workload.Name,
            ClusterId = project.Cluster.Uuid,
            TenantId = organisation.TenantId,
            ProjectId = project.Id,
            ProjectName = project.Name,
            NodeName = pod.Placement.Node,
            PriorityClassName = workload.PriorityClass,
            CreatedAt = pod.CreatedAt,
            UpdatedAt = pod.DeletedAt ?? pod.K8sPhaseUpdatedAt,
            CompletedAt = pod.CompletedAt,
            DeletedAt = pod.DeletedAt,
            Containers = [new(workload.Name, (string?)workload.SpecOf(pod)["image"] ?? "", pod.StartedAt)],
            CurrentNodePool = pod.Placement.NodePool,
            RequestedNodePools = WorkloadRows.RequestedPools(workload, project),
            RequestedResources = SpecView.RequestedBy(workload, pod),
            AllocatedResources = pod.HoldsResources ? rows.Allocated([pod.Placement]) : null,
            K8sPhase = pod.K8sPhase,
            K8sPhaseUpdatedAt = pod.K8sPhaseUpdatedAt,
        };
    }
}
