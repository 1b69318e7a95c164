using RunAi.Diagnosis.Rules;

namespace RunAi.Diagnosis;

/// <summary>Asks each rule in turn, the most certain first; the first that finds its cause proved has the say.</summary>
internal static class DiagnosisEngine
{
    private static readonly DiagnosisRule[] Rules =
    [
        new HealthyRule(),
        new DeletedRule(),
        new SuspendedRule(),
        new ResultRule(),
        new ImagePullRule(),
        new MountRule(),
        new OutOfMemoryRule(),
        new NodeLostRule(),
        new DeadlineRule(),
        new PreemptedRule(),
        new QuotaRule(),
        new PolicyRule(),
        new CapacityRule(),
        new UserCodeRule(),
        new TimeoutRule(),
        new ControlPlaneRule(),
    ];

    public static WorkloadDiagnosis Diagnose(DiagnosisInput input)
    {
        var finding = Rules.Select(rule => rule.Examine(input)).FirstOrDefault(found => found is not null) ?? Nothing(input);
        return new WorkloadDiagnosis
        {
            WorkloadId = input.Workload.WorkloadId,
            Name = input.Workload.Name,
            StepOperator = input.Workload.StepOperator,
            Phase = input.Workload.Phase,
            Cause = finding.Cause,
            Summary = finding.Summary,
            Evidence = finding.Evidence,
            Remedy = finding.Remedy,
            IsTransient = finding.IsTransient,
            NeverFits = finding.NeverFits,
            ExitCode = input.ExitCode,
            Unread = input.Unread,
        };
    }

    private static Finding Nothing(DiagnosisInput input) => new(
        DiagnosisCause.Unknown,
        input.IsWaiting ? "It waits, and the control plane does not say why." : "The control plane does not say why.",
        [input.PhaseEvidence(), .. input.Records.Take(3)],
        $"Get-RunAiWorkloadEvent {input.Workload.Name} and Get-RunAiWorkloadHistory {input.Workload.Name} show all there is; "
        + $"Show-RunAiWorkload {input.Workload.Name} opens it.");
}
