using RunAi.Diagnosis;
using RunAi.RunManifest;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>
/// One workload whose wait is over: what the caller gets, and the failure if it is no success. It is diagnosed when that is asked for,
/// once.
/// </summary>
internal sealed class WorkloadResult
{
    private const int LastEvents = 10;

    private readonly DiagnosisInput? _evidence;
    private readonly Lazy<WorkloadDiagnosis?> _diagnosis;
    private readonly Lazy<RunAiException?> _failure;

    /// <param name="outcome">How the wait ended.</param>
    /// <param name="seenAt">When the end was seen, by the server's clock.</param>
    /// <param name="evidence">What explains a failure; null when nothing was read, as for a workload that completed.</param>
    public WorkloadResult(WatchOutcome outcome, DateTimeOffset seenAt, DiagnosisInput? evidence = null)
    {
        _evidence = evidence;
        _diagnosis = new Lazy<WorkloadDiagnosis?>(() => evidence is null ? null : DiagnosisEngine.Diagnose(evidence));
        _failure = new Lazy<RunAiException?>(() =>
            evidence is null ? null : OutcomeErrors.From(outcome, EventsOf(evidence), Diagnosis, evidence.SuspendedBy));
        Outcome = outcome;
        SeenAt = seenAt;
    }

    public WatchOutcome Outcome { get; }

    /// <summary>The failure; null for a success.</summary>
    public RunAiException? Failure => _failure.Value;

    /// <summary>Why it ended so, also for a workload that completed when its run did not; null when nothing was read.</summary>
    public WorkloadDiagnosis? Diagnosis => _diagnosis.Value;

    /// <summary>The exit code that the evidence on a failed workload tells of; null when it tells of none.</summary>
    public int? ExitCode => _evidence is null ? null : OutcomeErrors.ExitCodeOf(Outcome, EventsOf(_evidence), _evidence.ExitCode);

    /// <summary>True when its command ran at least once, as far as anything tells.</summary>
    public bool HasRun => Outcome.HasRun || Outcome.Kind == WatchOutcomeKind.Completed || Outcome.Workload.RunningTime > TimeSpan.Zero
        || WorkloadPhases.IsRunning(Outcome.Workload.Phase) || ExitCode is not null || _evidence?.HasRun == true;

    /// <summary>When the end was seen, by the server's clock.</summary>
    public DateTimeOffset SeenAt { get; }

    /// <summary>Adds to the headline of a failure what the wait found out; nothing for a workload that completed.</summary>
    public FailureText AddFindings(FailureText text) =>
        Failure is null ? text : OutcomeErrors.AddFindings(text, Outcome, _evidence is null ? [] : EventsOf(_evidence), Diagnosis);

    /// <summary>The same end, to be explained with what the step runner and the log tell as well.</summary>
    public WorkloadResult With(RunResult? result, IReadOnlyList<string> lastLogLines)
    {
        var evidence = _evidence ?? new DiagnosisInput(Outcome.Workload, [], [], DiagnosisHints.None, []);
        return new WorkloadResult(Outcome, SeenAt, evidence.With(result, lastLogLines));
    }

    /// <summary>The same end of a workload that was suspended, to be explained with what the run's record tells of that.</summary>
    public WorkloadResult WithSuspension(string suspendedBy, DateTimeOffset at) =>
        new(Outcome, SeenAt, (_evidence ?? new DiagnosisInput(Outcome.Workload, [], [], DiagnosisHints.None, []))
            .WithSuspension(suspendedBy, at));

    private static string[] EventsOf(DiagnosisInput evidence) =>
        [.. evidence.Events.Skip(Math.Max(0, evidence.Events.Count - LastEvents)).Select(workloadEvent => workloadEvent.ToString())];
}
