using RunAi.ControlPlane.Wire;
using RunAi.Redaction;

namespace RunAi.Workloads;

/// <summary>Makes the events, history entries and pods users see of what the API says.</summary>
internal static class WorkloadDetailMapper
{
    private const int LongestMessage = 2000;

    public static WorkloadEvent ToEvent(this EventRecord record, string workloadId) => new()
    {
        Time = record.CreatedAt,
        Type = CleanText.Of(record.Type),
        Reason = CleanText.Of(record.Reason),
        Message = CleanText.Of(record.Message, LongestMessage),
        Source = CleanText.OrNull(record.Source),
        About = record.InvolvedObject is { } about ? CleanText.Of($"{about.Kind}/{about.Name}") : null,
        WorkloadId = workloadId,
    };

    public static WorkloadHistoryEntry ToEntry(this HistoryRecord record, string workloadId) => new()
    {
        Time = record.Meta.CreationTimestamp,
        Type = CleanText.Of(record.Meta.Type),
        Phase = CleanText.OrNull(record.Spec.PhaseUpdate?.Phase),
        Reason = CleanText.OrNull(record.Spec.Event?.Reason),
        Message = CleanText.Of(record.Spec.PhaseUpdate?.PhaseMessage ?? record.Spec.Event?.Message, LongestMessage),
        WorkloadId = workloadId,
    };

    public static WorkloadPod ToPod(this PodRecord record, string workloadId) => new()
    {
        PodId = record.Id,
        Name = CleanText.Of(record.Name),
        WorkloadId = workloadId,
        Phase = CleanText.Of(record.K8sPhase),
        NodeName = CleanText.OrNull(record.NodeName),
        NodePool = CleanText.OrNull(record.CurrentNodePool),
        GpuAllocated = record.AllocatedResources?.Gpu,
        Image = record.Containers.Count > 0 ? CleanText.OrNull(record.Containers[0].Image) : null,
        CreatedAt = record.CreatedAt,
        StartedAt = record.Containers.Select(c => c.StartedAt).Min(),
        CompletedAt = record.CompletedAt,
    };
}
