namespace RunAi.Diagnosis.Rules;

/// <summary>
/// Quota keeps it out: <c>phaseReason</c> <c>NonPreemptibleOverQuota</c> and <c>OverLimit</c> (enum PhaseReason of the Run:ai API), the
/// reason "Non-preemptible over quota" (PendingSchedulingMessage), and Kubernetes' own "exceeded quota:" (admission plugin ResourceQuota).
/// </summary>
internal sealed class QuotaRule : DiagnosisRule
{
    private static readonly EvidencePattern NonPreemptible = new(
        ["NonPreemptibleOverQuota", "Non-preemptible over quota"],
        @"non-?preemptible.{0,40}(?:over|above|exceed).{0,12}quota|quota for non-preemptible");
    private static readonly EvidencePattern Limit = new(
        ["OverLimit", "Over limit"], @"\bover (?:its |the )?limit\b|\bhas a limit of\b|limit of \S+ GPUs");
    private static readonly EvidencePattern Cluster = new([], @"exceeded quota:");

    public override Finding? Examine(DiagnosisInput input)
    {
        if (input.HasFailed || input.IsWaiting)
        {
            var quota = input.Find(Cluster);
            if (quota.Count > 0)
            {
                return new Finding(
                    DiagnosisCause.Quota,
                    "A resource quota of the cluster refuses its pods.",
                    quota,
                    "Ask for less (New-RunAiStepSettings -CpuCoreRequest, -CpuMemoryRequest, -GpuDevicesRequest), or have the "
                    + "administrator raise the quota.");
            }
        }

        if (!input.IsWaiting)
        {
            return null;
        }

        var nonPreemptible = input.Find(NonPreemptible);
        var limit = input.Find(Limit);
        return nonPreemptible.Count > 0
            ? new Finding(
                DiagnosisCause.Quota,
                "It is not preemptible, and the project's quota for such workloads is used up or too small.",
                nonPreemptible,
                "Let it be preemptible, then it may use free GPUs beyond the quota: New-RunAiStepSettings -Preemptibility preemptible.",
                Less,
                Wait)
            : limit.Count > 0
                ? new Finding(
                    DiagnosisCause.Quota,
                    "The project or its department is at its limit, or it asks for more than the limit.",
                    limit,
                    Less,
                    Wait,
                    "Or have the administrator raise the limit.")
                : null;
    }

    private const string Less = "Ask for less: New-RunAiStepSettings -GpuPortionRequest 0.5, or fewer -GpuDevicesRequest.";
    private const string Wait =
        "Or wait until a workload of the project ends: Get-RunAiWorkload -Phase Running lists them, Stop-RunAiWorkload NAME suspends one.";
}
