using RunAi.Workloads;

namespace RunAi.Diagnosis.Rules;

/// <summary>A time limit the user set ran out, and nothing else explains why it took so long.</summary>
internal sealed class TimeoutRule : DiagnosisRule
{
    public override Finding? Examine(DiagnosisInput input) => input.Hints.RanOut is not { } words ? null : Found(
        input,
        $"It {words}.",
        [new DiagnosisEvidence(EvidenceSource.Clock, null, null, $"{input.Workload.Name} {words}"), input.PhaseEvidence()]);

    public static Finding Found(DiagnosisInput input, string summary, IEnumerable<DiagnosisEvidence> evidence) => new(
        DiagnosisCause.Timeout,
        summary,
        evidence,
        [
            input.Hints.RanOutIdle
                ? $"Ask for less of a GPU, or for none, or feed it faster: Measure-RunAiWorkload {input.Workload.Name} says what it used. "
                    + "StopWhenIdle @{ Below; For } is the limit."
                : input.IsWaiting
                ? "Allow more time to start: -PendingTimeout SECONDS, or wait without one."
                : "Allow more time: -WorkloadTimeout, -RunTimeout or -Deadline SECONDS, or MaxGpuHours where they ran out; or give it more "
                    + "GPU or CPU so that it ends sooner.",
            .. AfterTheEnd(input),
        ]);

    /// <summary>What to do about a workload that has ended; one that was suspended for its time says itself how it is resumed.</summary>
    private static string[] AfterTheEnd(DiagnosisInput input) =>
        WorkloadPhases.Classify(input.Workload.Phase) is PhaseClass.Failed or PhaseClass.Succeeded
            ? ["It has ended and cannot be resumed: submit the step again, with -Force where it has a -RunKey."]
            : [];
}
