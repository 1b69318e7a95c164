namespace RunAi.Diagnosis.Rules;

/// <summary>It is no longer there. Nothing tells who deleted it: the control plane keeps no events of what it forgot.</summary>
internal sealed class DeletedRule : DiagnosisRule
{
    public override Finding? Examine(DiagnosisInput input) => input.Hints.IsGone
        ? new Finding(
            DiagnosisCause.Unknown,
            "It was deleted; the control plane does not keep by whom.",
            [input.PhaseEvidence()],
            "Submit the step again. The audit log of the control plane tells its administrator who deleted it.")
        : null;
}
