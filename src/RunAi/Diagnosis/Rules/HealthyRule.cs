namespace RunAi.Diagnosis.Rules;

/// <summary>Nothing to explain: it completed, or it runs and no pod of it was tried again.</summary>
internal sealed class HealthyRule : DiagnosisRule
{
    public override Finding? Examine(DiagnosisInput input) => input switch
    {
        { Phase: DiagnosisPhase.Completed, Hints.LacksResult: true } => null,
        { Hints.RanOut: not null } or { Hints.IsGone: true } => null,
        { Hints.Result.Outcome: not (null or RunManifest.RunOutcome.Succeeded) } => null,
        { Phase: DiagnosisPhase.Completed } => new Finding(DiagnosisCause.None, "It completed.", [input.PhaseEvidence()]),
        { Phase: DiagnosisPhase.Running, ExitCode: null } => new Finding(DiagnosisCause.None, "It runs.", [input.PhaseEvidence()]),
        _ => null,
    };
}
