using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <summary>Makes the workload users see of what the API says.</summary>
internal static class WorkloadMapper
{
    /// <summary>From a list or a look by id; the cluster's name is looked up among <paramref name="clusters"/>, if given.</summary>
    public static Workload ToWorkload(
        this WorkloadRecord record, string baseUrl, IReadOnlyList<ClusterRecord>? clusters = null) => new()
        {
            WorkloadId = record.Id,
            Name = record.Name,
            ProjectName = record.ProjectName,
            ProjectId = record.ProjectId,
            ClusterId = record.ClusterId,
            ClusterName = ClusterName(record.ClusterId, clusters),
            Type = record.Type,
            Phase = record.Phase,
            PhaseMessage = Words(record.PhaseMessage),
            PhaseReason = Words(record.PhaseReason),
            PhaseUpdatedAt = record.PhaseUpdatedAt,
            PendingReasons = [.. record.PendingSchedulingMessages.Select(static m =>
                $"{m.NodePool}: {Words(m.UserMessage) ?? Words(m.Reason) ?? m.PhaseReason}")],
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

    /// <summary>From the answer to a submission, which knows neither the project's name nor, mostly, a phase.</summary>
    public static Workload ToWorkload(
        this TrainingRecord record, string baseUrl, string projectName, IReadOnlyList<ClusterRecord>? clusters = null) => new()
        {
            WorkloadId = record.WorkloadId,
            Name = record.Name,
            ProjectName = projectName,
            ProjectId = record.ProjectId,
            ClusterId = record.ClusterId,
            ClusterName = ClusterName(record.ClusterId, clusters),
            Type = "Training",
            Phase = record.ActualPhase ?? "",
            CreatedAt = record.CreatedAt,
            NodePool = record.Spec?["nodePools"] is JArray pools ? Joined([.. pools.Select(static p => p.ToString())]) : null,
            Image = (record.Spec?["image"] as JValue)?.Value as string,
            Url = WorkloadUrl.Of(baseUrl, record.Name),
        };

    private static string? ClusterName(string id, IReadOnlyList<ClusterRecord>? clusters) =>
        clusters?.FirstOrDefault(c => string.Equals(c.Uuid, id, StringComparison.OrdinalIgnoreCase))?.Name;

    private static string? Joined(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(",", names);

    private static string? Words(string? text) => CleanText.Of(text) is { Length: > 0 } words ? words : null;

    private static TimeSpan? Seconds(long? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
