namespace RunAi.Diagnosis.Rules;

/// <summary>
/// An admission rule of the cluster refuses its pods: event <c>FailedCreate</c> (job controller) with the words of Kubernetes admission:
/// "admission webhook ... denied the request", "violates PodSecurity", "is forbidden:". Run:ai's own policies refuse at submission.
/// </summary>
internal sealed class PolicyRule : DiagnosisRule
{
    private static readonly EvidencePattern Refused = new(
        [],
        @"admission webhook .{1,200}denied|denied the request|violates PodSecurity|\bis forbidden:"
        + @"|(?:violates|blocked by|refused by|not allowed by) (?:the |a )?policy");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.IsWaiting || input.HasFailed ? input.Find(Refused) : [];
        return found.Count == 0 ? null : new Finding(
            DiagnosisCause.Policy,
            "A policy of the cluster refuses its pods.",
            found,
            "Change the setting that the message names, or ask the administrator about the policy.",
            "Submit-RunAiStep -WhatIf shows exactly what is sent.");
    }
}
