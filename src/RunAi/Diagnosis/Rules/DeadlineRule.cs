namespace RunAi.Diagnosis.Rules;

/// <summary>
/// The cluster itself ended it for the time it took: <c>DeadlineExceeded</c> (Kubernetes job controller, activeDeadlineSeconds: "Job was
/// active longer than specified deadline").
/// </summary>
internal sealed class DeadlineRule : DiagnosisRule
{
    private static readonly EvidencePattern Deadline = new(
        ["DeadlineExceeded"], @"active longer than (?:the )?specified deadline|exceeded (?:its|the) (?:time limit|deadline)");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.HasFailed ? input.Find(Deadline) : [];
        return found.Count == 0 ? null : TimeoutRule.Found(input, "The cluster ended it: it ran longer than its deadline.", found);
    }
}
