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

    public static WorkloadDiagnosis Diagnose(DiagnosisInput file)
    {
        var finding = Rules.Select(rule => rule.Examine(file)).FirstOrDefault(found => found is not null) ?? Nothing(file);
        return new WorkloadDiagnosis
        {
            WorkloadId = file.Workload.WorkloadId,
            Name = file.Workload.Name,
            StepOperator = file.Workload.StepOperator,
            Phase = file.Workload.Phase,
            Cause = finding.Cause,
            Summary = finding.Summary,
            Evidence = finding.Evidence,
            Remedy = finding.Remedy,
            IsTransient = finding.IsTransient,
            NeverFits = finding.NeverFits,
            ExitCode = file.ExitCode,
            Unread = file.Unread,
        };
    }

    private static Finding Nothing(DiagnosisInput file) => new(
        DiagnosisCause.Unknown,
        file.IsWaiting ? "It waits, and the control plane does not say why." : "The control plane does not say why.",
        [file.Phase(), .. file.Records.Take(3)],
        $"Get-RunAiWorkloadEvent {file.Workload.Name} and Get-RunAiWorkloadHistory {file.Workload.Name} show all there is; Show-RunAiWorkload {file.Workload.Name} opens it.");
}
