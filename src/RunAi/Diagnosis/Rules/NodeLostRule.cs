namespace RunAi.Diagnosis.Rules;

/// <summary>
/// The node failed, was drained or ran short. Reasons of Kubernetes: <c>NodeNotReady</c>, <c>NodeLost</c> (node controller),
/// <c>TaintManagerEviction</c> and <c>DeletionByTaintManager</c> (taint eviction), <c>NodeShutdown</c>, <c>TerminationByKubelet</c> and
/// <c>Evicted</c> (kubelet), <c>Shutdown</c>, <c>EvictionByEvictionAPI</c> (drain); a pod in phase <c>Unknown</c>.
/// </summary>
internal sealed class NodeLostRule : DiagnosisRule
{
    private static readonly EvidencePattern Node = new(
        [
            "NodeLost", "NodeNotReady", "TaintManagerEviction", "DeletionByTaintManager", "NodeShutdown",
            "TerminationByKubelet", "Shutdown", "Evicted", "EvictionByEvictionAPI", "DeletionByPodGC", "PodUnknown", "NodeUnreachable",
        ],
        @"node (?:\S+ )?(?:is not ready|was lost|is unreachable|is shutting down|shutdown)|was lost with its node|imminent node shutdown"
        + @"|node was low on resource: (?!memory)");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.HasFailed || input.LostItsPlace || input.Phase is DiagnosisPhase.Other ? input.Find(Node) : [];
        return found.Count == 0 ? null : new Finding(
            DiagnosisCause.NodeLost,
            input.IsWaiting
                ? "The node under it failed or was drained; it waits for another place."
                : "The node under it failed, was drained or ran short of something.",
            found,
            input.IsWaiting
                ? "Nothing needs to be done: the scheduler starts it again."
                : "Submit the step again; the fault was not its own.",
            "Steps that write checkpoints go on from the last one.")
        {
            IsTransient = true,
        };
    }
}
