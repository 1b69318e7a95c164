namespace RunAi.Diagnosis.Rules;

/// <summary>
/// Quota allows it, but no node has room. Events <c>FailedScheduling</c> (Kubernetes scheduler: "0/5 nodes are available: ... Insufficient
/// nvidia.com/gpu") and <c>Unschedulable</c> (Run:ai scheduler), condition <c>PodScheduled</c> = False with reason <c>Unschedulable</c>,
/// phase message "Not enough resources in the requested nodepool" (Run:ai API, phaseMessage).
/// </summary>
internal sealed class CapacityRule : DiagnosisRule
{
    private static readonly EvidencePattern Room = new(
        ["FailedScheduling", "Unschedulable"],
        @"not enough resources|\d+/\d+ nodes are available|insufficient (?:nvidia\.com/gpu|cpu|memory|gpu)|no node could ever fit"
        + @"|node\(s\) (?:didn't|did not) have enough");

    private static readonly EvidencePattern Never = new(
        [],
        @"no node could ever fit|didn't match Pod's node affinity|did not match|untolerated taint|no nodes? (?:match|in the node ?pool)"
        + @"|exceeds the (?:largest|capacity)");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.IsWaiting ? input.Find(Room) : [];
        if (found.Count == 0)
        {
            return null;
        }

        return Never.AreIn(found[0])
            ? new Finding(
                DiagnosisCause.Capacity,
                "No node of the node pools it asks for can ever hold it: waiting is in vain.",
                found,
                "Ask for less, or for other nodes: New-RunAiStepSettings -GpuDevicesRequest, -NodePools, -NodeType, -CpuMemoryRequest.")
            {
                NeverFits = true,
            }
            : new Finding(
                DiagnosisCause.Capacity,
                "No node has room for it now.",
                found,
                "Wait until other workloads end, or ask for less: New-RunAiStepSettings -GpuPortionRequest 0.5.",
                "Offer more node pools, in the order to try them: -NodePools POOL1, POOL2.",
                "A higher -PriorityClass goes before others of the project.")
            {
                IsTransient = true,
            };
    }
}
