using RunAi.Workloads;

namespace RunAi.Diagnosis.Rules;

/// <summary>
/// Somebody or a rule of the project suspended it: the phases <c>Stopping</c> and <c>Stopped</c> of the Run:ai API. The project's
/// scheduling rules (<c>trainingJobTimeLimitSeconds</c>, <c>trainingJobMaxIdleDurationSeconds</c>) do so too.
/// </summary>
internal sealed class SuspendedRule : DiagnosisRule
{
    private static readonly EvidencePattern ByRule = new(
        [], @"\b(?:time|duration|idle(?:ness)?)\s*(?:limit|timeout|threshold|duration)|\bidle\b.{0,40}\b(?:exceeded|longer|too long)");

    public override Finding? Examine(DiagnosisInput input)
    {
        if (input.Phase != DiagnosisPhase.Stopped)
        {
            return null;
        }

        var name = input.Workload.Name;
        var byRule = input.Find(ByRule);
        var since = input.Phases.LastOrDefault(entry => entry.Phase is WorkloadPhases.Stopping or WorkloadPhases.Suspending);
        DiagnosisEvidence[] seen = since is null
            ? [input.PhaseEvidence()]
            : [input.PhaseEvidence(), new(EvidenceSource.History, since.Time, since.Phase, since.Message)];
        if (input.SuspendedBy is { } known)
        {
            return new Finding(
                DiagnosisCause.Suspended,
                $"It was {known}.",
                seen,
                $"Resume-RunAiWorkload {name} resumes it; so does the same command with its -RunKey, and with -Force that replaces it.",
                $"Remove-RunAiWorkload {name} removes it for good.");
        }

        return byRule.Count > 0
            ? new Finding(
                DiagnosisCause.Suspended,
                "A scheduling rule of the project suspended it: it ran or idled for too long.",
                [.. byRule, .. seen],
                $"Resume-RunAiWorkload {name} resumes it; it begins anew.",
                "Ask the administrator about the project's rules for time limit and idle GPUs.")
            : new Finding(
                DiagnosisCause.Suspended,
                "It was suspended by somebody or by a rule of the project, and holds no GPU.",
                seen,
                $"Resume-RunAiWorkload {name} resumes it.",
                $"Remove-RunAiWorkload {name} removes it for good.");
    }
}
