using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Steps.Scripts;

namespace RunAi.Diagnosis.Rules;

/// <summary>
/// What the step runner wrote is the surest evidence: it saw the command end. It writes nothing when the run was ended from outside.
/// </summary>
internal sealed class ResultRule : DiagnosisRule
{
    private const int Sigkill = 137;

    public override Finding? Examine(DiagnosisInput input) => input.Hints.Result is not { } result ? Missing(input) : result.Outcome switch
    {
        RunOutcome.Killed when result.ExitCode == Sigkill =>
            OutOfMemoryRule.Found(input, "The command was killed (exit code 137), which is a lack of memory most often."),
        RunOutcome.Failed or RunOutcome.Killed when OutOfMemoryRule.InLog(input) is { } memory => memory,
        RunOutcome.Failed or RunOutcome.Killed => UserCodeRule.Found(input),
        RunOutcome.NotStarted => new Finding(
            DiagnosisCause.UserCode,
            $"The command could not be started: {CleanText.Of(result.Message)}",
            Evidence(input),
            result.Message is { } why
            && (why.Contains($"no program '{ScriptStep.Program}'") || why.Contains($"no program {ScriptStep.Program} "))
                ? $"The image has no {ScriptStep.Program}, which runs script blocks. Name one that has with -BaseImage, such as "
                    + $"{ScriptStep.Image}."
                : result.Message?.Contains("executable") == true || result.Message?.Contains("executed") == true
                ? "Name the interpreter first (-Command sh, ./run.sh), or make the program executable where the image is built (chmod +x)."
                : "Write each word of the command apart (-Command python, train.py); the program must be in the image, and -WorkingDir "
                    + "counts for relative paths."),
        RunOutcome.TimedOut => TimeoutRule.Found(input, "The step runner ended the command: its time was over.", Evidence(input)),
        RunOutcome.InputFailed => new Finding(
            DiagnosisCause.Mount,
            $"An input could not be fetched: {CleanText.Of(result.Message)}",
            Evidence(input),
            "Check that the artifact is still in the store and that the cluster reaches the store, then submit the step again.")
        {
            IsTransient = true,
        },
        RunOutcome.OutputFailed => new Finding(
            DiagnosisCause.UserCode,
            $"The command succeeded, but an output is missing: {CleanText.Of(result.Message)}",
            Evidence(input),
            "Write each output at the path that {{outputs.NAME}} stands for, and name in -Output only what the command writes."),
        _ => null,
    };

    /// <summary>The workload completed, yet what the step runner writes last is not there.</summary>
    private static Finding? Missing(DiagnosisInput input) =>
        !input.Hints.LacksResult || input.Phase != DiagnosisPhase.Completed ? null : new Finding(
            DiagnosisCause.Unknown,
            "It completed, but its step runner left no result in the artifact store.",
            [
                input.PhaseEvidence(),
                .. input.Hints.LastLogLines.Reverse().Take(3).Reverse()
                    .Select(line => new DiagnosisEvidence(EvidenceSource.Log, null, null, line)),
            ],
            "Its image may start something else than the step runner: name another -BaseImage, or build the image anew with "
            + "Publish-RunAiStepImage.",
            "The result may have been removed, by hand or by a lifecycle rule of the store, or the pre-signed addresses had lapsed: they "
            + "are good for 7 days at most.");

    private static IEnumerable<DiagnosisEvidence> Evidence(DiagnosisInput input) =>
        input.Records.Where(r => r.Source == EvidenceSource.Result);
}
