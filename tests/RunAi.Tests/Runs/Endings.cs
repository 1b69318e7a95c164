using RunAi.Diagnosis;
using RunAi.Watching;

namespace RunAi.Tests.Runs;

/// <summary>What a wait for a run's workload found out.</summary>
internal static class Endings
{
    public static WorkloadResult Completed(StepRun run) => Of(run, WatchOutcomeKind.Completed, "Completed");

    public static WorkloadResult Failed(StepRun run) => Of(run, WatchOutcomeKind.Failed, "Failed");

    /// <summary>Failed for what a record says, such as <c>Evict</c> or <c>NodeLost</c>.</summary>
    public static WorkloadResult FailedFor(StepRun run, string reason, DateTimeOffset seenAt)
    {
        var workload = new Workload { WorkloadId = run.WorkloadId!, Name = run.WorkloadName, Phase = "Failed" };
        DiagnosisEvidence[] evidence = [new(EvidenceSource.Event, null, reason, "It said so.")];
        return new WorkloadResult(new WatchOutcome(WatchOutcomeKind.Failed, workload), seenAt, new DiagnosisInput(
            workload, evidence, [], DiagnosisHints.None, []));
    }

    public static WorkloadResult Deleted(StepRun run) => Of(run, WatchOutcomeKind.Deleted, "Running");

    private static WorkloadResult Of(StepRun run, WatchOutcomeKind kind, string phase)
    {
        var workload = new Workload
        {
            WorkloadId = run.WorkloadId ?? "71f69d83-ba66-4822-adf5-55ce55efd210",
            Name = run.WorkloadName,
            Phase = phase,
        };
        var outcome = new WatchOutcome(kind, workload);
        return kind == WatchOutcomeKind.Completed
            ? new WorkloadResult(outcome, DateTimeOffset.UnixEpoch)
            : new WorkloadResult(outcome, DateTimeOffset.UnixEpoch, new DiagnosisInput(workload, [], [], DiagnosisHints.None, []));
    }
}
