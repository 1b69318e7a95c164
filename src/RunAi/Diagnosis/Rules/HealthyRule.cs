namespace RunAi.Diagnosis.Rules;

/// <summary>Nothing to explain: it completed, or it runs and no pod of it was tried again.</summary>
internal sealed class HealthyRule : DiagnosisRule
{
    public override Finding? Examine(DiagnosisInput file) => file switch
    {
        { Stage: DiagnosisPhase.Completed, Clues.LacksResult: true } => null,
        { Clues.RanOut: not null } or { Clues.IsGone: true } => null,
        { Clues.Result.Outcome: not (null or RunManifest.RunOutcome.Succeeded) } => null,
        { Stage: DiagnosisPhase.Completed } => new Finding(DiagnosisCause.None, "It completed.", [file.Phase()]),
        { Stage: DiagnosisPhase.Running, ExitCode: null } => new Finding(DiagnosisCause.None, "It runs.", [file.Phase()]),
        _ => null,
    };
}
