namespace RunAi.ControlPlane.Wire;

/// <summary>Why the scheduler does not place a workload in one node pool (<c>PendingSchedulingMessage</c>).</summary>
internal sealed class PendingSchedulingMessageRecord
{
    public string NodePool { get; set; } = "";

    public string PhaseReason { get; set; } = "";

    public string Reason { get; set; } = "";

    public string? OrgType { get; set; }

    public string? UserMessage { get; set; }
}
