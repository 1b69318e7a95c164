using RunAi.ControlPlane;
using RunAi.RunManifest;
using RunAi.Steps.Scripts;

namespace RunAi.Diagnosis.Rules;

/// <summary>
/// What the step runner wrote is the surest evidence: it saw the command end. It writes nothing when the run was ended from outside.
/// </summary>
internal sealed class ResultRule : DiagnosisRule
{
    private const int Sigkill = 137;

    public override Finding? Examine(CaseFile file) => file.Clues.Result is not { } result ? null : result.Outcome switch
    {
        RunOutcome.Killed when result.ExitCode == Sigkill => OutOfMemoryRule.Found(file, "The command was killed (exit code 137), which is a lack of memory most often."),
        RunOutcome.Failed or RunOutcome.Killed when OutOfMemoryRule.InLog(file) is { } memory => memory,
        RunOutcome.Failed or RunOutcome.Killed => UserCodeRule.Found(file),
        RunOutcome.NotStarted => new Finding(
            DiagnosisCause.UserCode,
            $"The command could not be started: {CleanText.Of(result.Message)}",
            Evidence(file),
            result.Message?.Contains($"no program {ScriptStep.Program} ") == true
                ? $"The image has no {ScriptStep.Program}, which runs script blocks. Name one that has with -BaseImage, such as {ScriptStep.Image}."
                : "Correct -Command: the program must be in the image and executable; -WorkingDir counts for relative paths."),
        RunOutcome.TimedOut => TimeoutRule.Found(file, "The step runner ended the command: its time was over.", Evidence(file)),
        RunOutcome.InputFailed => new Finding(
            DiagnosisCause.Mount,
            $"An input could not be fetched: {CleanText.Of(result.Message)}",
            Evidence(file),
            "Check that the artifact is still in the store and that the cluster reaches the store, then submit the step again.")
        {
            IsTransient = true,
        },
        RunOutcome.OutputFailed => new Finding(
            DiagnosisCause.UserCode,
            $"The command succeeded, but an output is missing: {CleanText.Of(result.Message)}",
            Evidence(file),
            "Write each output at the path that {{outputs.NAME}} stands for, and name in -Output only what the command writes."),
        _ => null,
    };

    private static IEnumerable<DiagnosisEvidence> Evidence(CaseFile file) => file.Records.Where(r => r.Source == EvidenceSource.Result);
}
