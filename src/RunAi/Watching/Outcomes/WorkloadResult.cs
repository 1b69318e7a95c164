using RunAi.Diagnosis;
using RunAi.RunManifest;

namespace RunAi.Watching;

/// <summary>One workload whose wait is over: what the caller gets, and the failure if it is no success.</summary>
internal sealed class WorkloadResult
{
    private const int LastEvents = 10;

    private readonly DiagnosisInput? _evidence;

    /// <param name="outcome">How the wait ended.</param>
    /// <param name="failure">The failure, or null for a success.</param>
    /// <param name="seenAt">When the end was seen, by the server's clock.</param>
    /// <param name="evidence">What the failure was explained by; null when nothing was read.</param>
    public WorkloadResult(WatchOutcome outcome, RunAiException? failure, DateTimeOffset seenAt, DiagnosisInput? evidence = null)
        : this(outcome, failure, null, seenAt, evidence)
    {
    }

    private WorkloadResult(WatchOutcome outcome, RunAiException? failure, WorkloadDiagnosis? diagnosis, DateTimeOffset seenAt, DiagnosisInput? evidence)
    {
        _evidence = evidence;
        Diagnosis = diagnosis;
        Outcome = outcome;
        Failure = failure;
        SeenAt = seenAt;
    }

    public WatchOutcome Outcome { get; }

    public RunAiException? Failure { get; }

    /// <summary>Why it ended so, also for a workload that completed when its run did not; null when nothing was read.</summary>
    public WorkloadDiagnosis? Diagnosis { get; }

    /// <summary>When the end was seen, by the server's clock.</summary>
    public DateTimeOffset SeenAt { get; }

    /// <summary>An ending with the failure that the evidence explains.</summary>
    public static WorkloadResult Explained(WatchOutcome outcome, DiagnosisInput evidence, DateTimeOffset seenAt)
    {
        var events = evidence.Events;
        string[] last = [.. events.Skip(Math.Max(0, events.Count - LastEvents)).Select(e => e.ToString())];
        var diagnosis = DiagnosisEngine.Diagnose(evidence);
        return new WorkloadResult(outcome, OutcomeErrors.From(outcome, last, diagnosis), diagnosis, seenAt, evidence);
    }

    /// <summary>The same ending, explained anew with what the step runner and the log tell.</summary>
    public WorkloadResult With(RunResult? result, IReadOnlyList<string> lastLogLines)
    {
        var evidence = _evidence ?? new DiagnosisInput(Outcome.Workload, [], [], DiagnosisHints.None, []);
        return Explained(Outcome, evidence.With(result, lastLogLines), SeenAt);
    }
}
