using System.Globalization;

namespace RunAi.Emulator.Scheduling;

/// <summary>Why quota keeps a workload out of a node pool (schema PendingSchedulingMessage).</summary>
internal sealed record QuotaRefusal(
    string NodePool, string PhaseReason, string OrgType, string OrgName, decimal Gpus, decimal Bound)
{
    public string Reason => PhaseReason == "OverLimit" ? "Over limit" : "Non-preemptible over quota";

    public string UserMessage => string.Create(CultureInfo.InvariantCulture,
        $"{(OrgType == "PROJECT" ? "Project" : "Department")} {OrgName} has "
        + $"{(PhaseReason == "OverLimit" ? "a limit" : "a quota for non-preemptible workloads")} of {Bound:0.######} GPUs in node pool "
        + $"{NodePool}; {Gpus:0.######} more would exceed it.");
}
