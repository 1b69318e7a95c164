using RunAi.ControlPlane.Wire;
using RunAi.Redaction;

namespace RunAi.Workloads;

/// <summary>Makes the workload users see of what the API says.</summary>
internal static class WorkloadMapper
{
    /// <summary>From a list or a request by id. The record names the cluster by its id only: its name is for the caller to find.</summary>
    public static Workload ToWorkload(this WorkloadRecord record, string baseUrl) => new()
    {
        WorkloadId = record.Id,
        Name = record.Name,
        ProjectName = record.ProjectName,
        ProjectId = record.ProjectId,
        ClusterId = record.ClusterId,
        Type = record.Type,
        Phase = record.Phase,
        PhaseMessage = CleanText.OrNull(record.PhaseMessage),
        PhaseReason = CleanText.OrNull(record.PhaseReason),
        PhaseUpdatedAt = record.PhaseUpdatedAt,
        PendingReasons = [.. record.PendingSchedulingMessages.Select(static m =>
                $"{m.NodePool}: {CleanText.OrNull(m.UserMessage) ?? CleanText.OrNull(m.Reason) ?? m.PhaseReason}")],
        GpuRequested = record.WorkloadRequestedResources?.Gpu?.Request,
        GpuAllocated = record.AllocatedResources?.Gpu,
        NodePool = Joined(record.CurrentNodePools) ?? Joined(record.RequestedNodePools),
        CreatedAt = record.CreatedAt,
        CompletedAt = record.CompletedAt,
        RunningTime = Seconds(record.TotalRunningTimeSeconds),
        PendingTime = Seconds(record.TotalPendingTimeSeconds),
        Image = record.Images.Count > 0 ? record.Images[0] : null,
        Url = WorkloadUrl.Of(baseUrl, record.Name),
    };

    private static string? Joined(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(",", names);

    private static TimeSpan? Seconds(long? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
