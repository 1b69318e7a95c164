namespace RunAi.Diagnosis.Rules;

/// <summary>Nothing to explain: it completed, or it runs and no pod of it was tried again.</summary>
internal sealed class HealthyRule : DiagnosisRule
{
    public override Finding? Examine(CaseFile file) => file switch
    {
        { Stage: Stage.Completed, Clues.LacksResult: true } => null,
        { Clues.RanOut: not null } or { Clues.IsGone: true } => null,
        { Clues.Result.Outcome: not (null or RunManifest.RunOutcome.Succeeded) } => null,
        { Stage: Stage.Completed } => new Finding(DiagnosisCause.None, "It completed.", [file.Phase()]),
        { Stage: Stage.Running, ExitCode: null } => new Finding(DiagnosisCause.None, "It runs.", [file.Phase()]),
        _ => null,
    };
}
