namespace RunAi.ControlPlane.Wire;

/// <summary>
/// A workload of any type (<c>Workload</c>, and <c>WorkloadDetailed</c> when it was asked for by id). Environment
/// variables and commands, which may hold secrets, are left on the wire.
/// </summary>
internal sealed class WorkloadRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    public string? DistributedFramework { get; set; }

    /// <summary>The endpoints it is found at; null when the row does not tell, as for workloads that are no trainings.</summary>
    internal TrainingKind? Kind =>
        !string.IsNullOrEmpty(DistributedFramework) || Type == nameof(TrainingKind.Distributed) ? TrainingKind.Distributed : null;

    public string ProjectId { get; set; } = "";

    public string ProjectName { get; set; } = "";

    public string ClusterId { get; set; } = "";

    public string? Namespace { get; set; }

    public string? SubmittedBy { get; set; }

    public string Phase { get; set; } = "";

    public string? PhaseMessage { get; set; }

    public string? PhaseReason { get; set; }

    public DateTimeOffset? PhaseUpdatedAt { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public string? PriorityClassName { get; set; }

    public bool? Preemptible { get; set; }

    public int RunningPods { get; set; }

    public RequestedResourcesRecord? WorkloadRequestedResources { get; set; }

    public AllocatedResourcesRecord? AllocatedResources { get; set; }

    public IReadOnlyList<string> RequestedNodePools { get; set; } = [];

    public IReadOnlyList<string> CurrentNodePools { get; set; } = [];

    public IReadOnlyList<string> Images { get; set; } = [];

    public IReadOnlyList<Condition> Conditions { get; set; } = [];

    public long? TotalPendingTimeSeconds { get; set; }

    public long? TotalRunningTimeSeconds { get; set; }

    /// <summary>Only given when the workload is asked for by id.</summary>
    public IReadOnlyList<PendingMessage> PendingSchedulingMessages { get; set; } = [];

    /// <summary>A condition of a workload (<c>Condition1</c>).</summary>
    internal sealed class Condition
    {
        public string Type { get; set; } = "";

        public string Status { get; set; } = "";

        public string? Message { get; set; }

        public string? Reason { get; set; }

        public DateTimeOffset? LastTransitionTime { get; set; }
    }

    /// <summary>Why the scheduler does not place a workload in one node pool (<c>PendingSchedulingMessage</c>).</summary>
    internal sealed class PendingMessage
    {
        public string NodePool { get; set; } = "";

        public string PhaseReason { get; set; } = "";

        public string Reason { get; set; } = "";

        public string? OrgType { get; set; }

        public string? UserMessage { get; set; }
    }
}
