using RunAi.ControlPlane.Wire;
using RunAi.RunManifest;

namespace RunAi.Diagnosis;

/// <summary>Brings what the control plane, the step runner and the log tell into one form.</summary>
internal static class EvidenceRecords
{
    public static IEnumerable<DiagnosisEvidence> Of(
        Workload workload,
        WorkloadRecord? record,
        IEnumerable<WorkloadEvent> events,
        IEnumerable<WorkloadHistoryEntry> history,
        IEnumerable<WorkloadPod> pods,
        DiagnosisHints hints)
    {
        foreach (var evidence in Of(hints.Result))
        {
            yield return evidence;
        }

        foreach (var message in record?.PendingSchedulingMessages ?? [])
        {
            yield return new DiagnosisEvidence(
                EvidenceSource.Scheduling, null, message.PhaseReason, $"{message.NodePool}: {message.UserMessage ?? message.Reason}");
        }

        // The messages of a wait that is over stand in the workload as text; the rule that refused stands in its phase reason.
        foreach (var reason in record is { PendingSchedulingMessages.Count: > 0 } ? [] : workload.PendingReasons)
        {
            yield return new DiagnosisEvidence(EvidenceSource.Scheduling, null, workload.PhaseReason, reason);
        }

        if (workload.PhaseMessage is not null || workload.PhaseReason is not null)
        {
            yield return new DiagnosisEvidence(
                EvidenceSource.Phase, workload.PhaseUpdatedAt, workload.PhaseReason ?? workload.Phase, workload.PhaseMessage);
        }

        foreach (var condition in (record?.Conditions ?? []).Where(c => c.Message is not null || c.Reason is not null))
        {
            yield return new DiagnosisEvidence(EvidenceSource.Condition, condition.LastTransitionTime, condition.Reason, condition.Message);
        }

        foreach (var evidence in Distinct(events, history))
        {
            yield return evidence;
        }

        // A pod that nobody can tell of any more has lost its node (Kubernetes, "Pod phase": Unknown).
        foreach (var pod in pods.Where(pod => pod.Phase == "Unknown"))
        {
            yield return new DiagnosisEvidence(
                EvidenceSource.Pod, null, "PodUnknown", $"{pod.Name} on node {pod.NodeName} is in phase Unknown");
        }
    }

    /// <summary>What the step runner wrote, if it wrote something.</summary>
    public static IEnumerable<DiagnosisEvidence> Of(RunResult? result) =>
        result is null ? [] : [new DiagnosisEvidence(
            EvidenceSource.Result, result.EndedAt, result.Outcome,
            result.Replica is null ? result.Message : $"{result.Replica}: {result.Message}")];

    /// <summary>The history tells events as well: what is in both counts once.</summary>
    private static IEnumerable<DiagnosisEvidence> Distinct(IEnumerable<WorkloadEvent> events, IEnumerable<WorkloadHistoryEntry> history) =>
        events.Select(e => new DiagnosisEvidence(EvidenceSource.Event, e.Time, e.Reason, e.Message))
            .Concat(history.Where(e => e.Phase is null || e.Message.Length > 0)
                .Select(e => new DiagnosisEvidence(EvidenceSource.History, e.Time, e.What, e.Message)))
            .GroupBy(e => (e.Time, e.Reason, e.Text))
            .Select(same => same.First());
}
