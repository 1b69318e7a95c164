namespace RunAi.Diagnosis.Rules;

/// <summary>
/// Its command ended with an exit code other than 0, or could not be started: an exit code in words, the reasons
/// <c>BackoffLimitExceeded</c>, <c>PodFailurePolicy</c> (Kubernetes job controller), <c>CrashLoopBackOff</c>, <c>StartError</c>,
/// <c>ContainerCannotRun</c>, <c>RunContainerError</c> (kubelet); 126 not executable, 127 not found (POSIX shell), 128 + n signal n.
/// </summary>
internal sealed class UserCodeRule : DiagnosisRule
{
    private const string NotExecutable =
        "It is there, but cannot be executed: name its interpreter first (-Command sh, ./run.sh), or make it executable where the "
        + "image is built (chmod +x). A program for another kind of machine cannot run either.";

    private const string NotFound =
        "The image has no such program, or not the interpreter that its first line names. Write each word of the command apart "
        + "(-Command python, train.py), name the program by its full path, or take another image.";

    private static readonly EvidencePattern Ended = new(
        ["BackoffLimitExceeded", "CrashLoopBackOff", "StartError", "ContainerCannotRun", "RunContainerError", "PodFailurePolicy"],
        @"executable file not found|back-off restarting failed container|failed to (?:start|create) container");

    public override Finding? Examine(DiagnosisInput input)
    {
        var ended = input.HasFailed || (input.Phase == DiagnosisPhase.Running && input.ExitCode is > 0);
        return ended && (input.ExitCode is > 0 || input.Find(Ended).Count > 0) ? Found(input) : null;
    }

    public static Finding Found(DiagnosisInput input)
    {
        var name = input.Workload.Name;
        var (summary, remedy) = input.ExitCode switch
        {
            null => ($"{input.Command} failed or could not be started.", "Check -Command and -Image."),
            126 => ($"{input.Command} could not be executed (exit code 126).", NotExecutable),
            127 => ($"{input.Command} was not found (exit code 127).", NotFound),
            128 => (
                $"{input.Command} could not be started (exit code 128).",
                "Correct -Command: the program must be in the image and executable."),
            143 => (
                $"{input.Command} was asked to end from outside (exit code 143, SIGTERM).",
                "Submit the step again if nobody ended it on purpose."),
            > 128 and var signal =>
                ($"{input.Command} was ended by signal {signal - 128} (exit code {signal}).", "Look for a crash in native code."),
            var code => (
                $"{input.Command} ended with exit code {code}.",
                HasLog(input) ? "Correct the command or its data; its log tells what it said last." : "Correct the command or its data."),
        };
        DiagnosisEvidence[] log = [.. input.Hints.LastLogLines.Reverse().Take(5).Reverse()
            .Select(line => new DiagnosisEvidence(EvidenceSource.Log, null, null, line))];
        var told = input.Records
            .Where(r => r.Source == EvidenceSource.Result || ExitCode.In([r.Text]) is not null || Ended.AreIn(r)).Take(3);
        return new Finding(
            DiagnosisCause.UserCode,
            input.Phase == DiagnosisPhase.Running && input.Hints.Result is null ? summary + " It is tried again." : summary,
            [.. told, .. log],
            remedy,
            HasLog(input)
                ? $"Get-RunAiWorkloadEvent {name} shows the events; Show-RunAiWorkload {name} opens it."
                : "No log of it is stored, as for every step without code, inputs, outputs or -BaseImage. "
                    + $"Show-RunAiWorkload {name} opens it in the control plane; with -BaseImage in the place of -Image its log is kept.");
    }

    /// <summary>True where a log is kept beside the run: the step runner's.</summary>
    private static bool HasLog(DiagnosisInput input) =>
        input.Hints.Result is not null || input.Hints.LacksResult || input.Hints.LastLogLines.Count > 0;
}
