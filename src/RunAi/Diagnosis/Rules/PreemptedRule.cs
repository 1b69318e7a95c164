namespace RunAi.Diagnosis.Rules;

/// <summary>
/// The scheduler took its place for another workload. Signs: the event <c>Evict</c> of the Run:ai scheduler, <c>Preempted</c> of the
/// Kubernetes scheduler; in the history, Pending after Running without a suspension (the API has no word for it).
/// </summary>
internal sealed class PreemptedRule : DiagnosisRule
{
    private static readonly EvidencePattern Taken = new(
        ["Evict", "Preempted", "PreemptionByScheduler"], @"\bpreempted (?:by|in favou?r)|^reclaimed\b");

    public override Finding? Examine(DiagnosisInput input)
    {
        if (!input.LostItsPlace && !input.HasFailed)
        {
            return null;
        }

        var found = input.Find(Taken);
        if (found.Count == 0 && input.PlaceLost() is { } lost)
        {
            found = [new DiagnosisEvidence(EvidenceSource.History, lost.Time, lost.Phase, lost.Message)];
        }

        return found.Count == 0 ? null : new Finding(
            DiagnosisCause.Preempted,
            input.IsWaiting
                ? "It was preempted: another workload took its place, and it waits for a new one."
                : "It was preempted, and asked not to be queued again (TerminateAfterPreemption).",
            found,
            input.IsWaiting
                ? "Nothing needs to be done: it starts again when there is room. Write checkpoints so that it goes on where it was."
                : "Submit the step again, or leave out -TerminateAfterPreemption so that it is queued again by itself.",
            "To keep its place, stay within quota: New-RunAiStepSettings -Preemptibility non-preemptible, or a higher -PriorityClass.")
        {
            IsTransient = true,
        };
    }
}
