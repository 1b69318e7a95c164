using RunAi.Workloads;

namespace RunAi.Diagnosis.Rules;

/// <summary>
/// The control plane has lost sight of it: phase <c>Unknown</c> (Run:ai API: the cluster does not report), messages that a cluster is
/// disconnected or a synchronisation failed, or no kind of evidence could be read.
/// </summary>
internal sealed class ControlPlaneRule : DiagnosisRule
{
    private const int Kinds = 4;

    private static readonly EvidencePattern Lost = new(
        ["SyncFailed", "ClusterDisconnected", "FailedSync"],
        @"cluster .{0,60}(?:disconnected|not connected|unreachable)|failed to (?:sync|synchroni[sz]e)|internal (?:server )?error");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.Find(Lost);
        var blind = input.Unread.Count == Kinds;
        var unknown = input.Workload.Phase is { Length: > 0 } phase && WorkloadPhases.Classify(phase) == PhaseClass.Unknown;
        return found.Count == 0 && !blind && !unknown ? null : new Finding(
            DiagnosisCause.ControlPlane,
            blind ? "The control plane does not tell anything about it now."
                : unknown ? "The control plane has lost sight of it: the cluster does not report its state."
                : "The control plane and the cluster are out of touch.",
            found.Count > 0 ? found : [input.PhaseEvidence()],
            "Wait: the workload itself is most likely not affected, and waiting for it goes on.",
            "Test-RunAiStepOperator checks the connection and the cluster's state; -Verbose shows each request.")
        {
            IsTransient = true,
        };
    }
}
