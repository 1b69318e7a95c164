using System.Text.Json.Serialization;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas Workload and, with scheduling messages, WorkloadDetailed.</summary>
internal sealed record WorkloadRow
{
    public required int TenantId { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required Phase Phase { get; init; }

    public required string PhaseMessage { get; init; }

    public string? PhaseReason { get; init; }

    public required DateTimeOffset PhaseUpdatedAt { get; init; }

    public required string K8sPhase { get; init; }

    public required DateTimeOffset K8sPhaseUpdatedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required DateTimeOffset? DeletedAt { get; init; }

    public required string Source { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required int? Priority { get; init; }

    public required string PriorityClassName { get; init; }

    public required bool Preemptible { get; init; }

    public required string SubmittedBy { get; init; }

    public required Guid ClusterId { get; init; }

    public required string ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public required string DepartmentId { get; init; }

    public required string DepartmentName { get; init; }

    public required string Namespace { get; init; }

    public required string Category { get; init; }

    public required IReadOnlyList<ConditionRow> Conditions { get; init; }

    public required int RunningPods { get; init; }

    public required RequestedPodsRow RequestedPods { get; init; }

    public required RequestedResourcesRow WorkloadRequestedResources { get; init; }

    public required RequestedResourcesRow PodsRequestedResources { get; init; }

    public AllocatedResourcesRow? AllocatedResources { get; init; }

    public required ActionsRow ActionsSupport { get; init; }

    public required IReadOnlyList<string> RequestedNodePools { get; init; }

    public required IReadOnlyList<string> CurrentNodePools { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public string? DistributedFramework { get; init; }

    public string? Command { get; init; }

    public string? Arguments { get; init; }

    public IReadOnlyDictionary<string, string>? EnvironmentVariables { get; init; }

    public required long TotalPendingTimeSeconds { get; init; }

    public required long TotalRunningTimeSeconds { get; init; }

    public DateTimeOffset? GuaranteedRuntimeEndsAt { get; init; }

    public IReadOnlyList<SchedulingMessageRow>? PendingSchedulingMessages { get; init; }
}
