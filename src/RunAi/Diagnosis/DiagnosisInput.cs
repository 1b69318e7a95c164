using RunAi.RunManifest;
using RunAi.Workloads;

namespace RunAi.Diagnosis;

/// <summary>All evidence on one workload, put in order: what counts now apart from what is over.</summary>
internal sealed class DiagnosisInput
{
    private readonly DiagnosisEvidence[] _all;

    public DiagnosisInput(
        Workload workload, IEnumerable<DiagnosisEvidence> records, IEnumerable<WorkloadHistoryEntry> history, DiagnosisHints hints,
        IReadOnlyList<string> unread)
    {
        _all = [.. records];
        Workload = workload;
        Hints = hints;
        Unread = unread;
        Phases = [.. history.Where(entry => entry.Phase is not null).OrderBy(entry => entry.Time)];
        Phase = hints.RanOut is null ? PhaseOf(workload.Phase) : PhaseWhenTimeRanOut();
        LostItsPlace = Phase == DiagnosisPhase.Waiting && PlaceLost() is not null;

        // What happened before the last start, or before it was resumed, has been got over: it explains nothing now.
        var since = Phases.LastOrDefault(entry => WorkloadPhases.IsRunning(entry.Phase) || entry.Phase is WorkloadPhases.Resuming)?.Time;
        Records = [.. _all.Where(r => r.Time is null || since is null || r.Time >= since)
            .OrderByDescending(r => r.Time ?? DateTimeOffset.MaxValue)];

        // A command that the step runner ended for its time has the code of the signal; the container's own tells of the time.
        ExitCode = (hints.Result is { Outcome: RunOutcome.TimedOut } ? null : hints.Result?.ExitCode)
            ?? (Phase is DiagnosisPhase.Failed or DiagnosisPhase.Running
                ? Diagnosis.ExitCode.In(Records.Select(r => r.Text))
                : null);
    }

    public Workload Workload { get; }

    public DiagnosisHints Hints { get; }

    public DiagnosisPhase Phase { get; }

    /// <summary>The evidence that counts now, the newest first.</summary>
    public IReadOnlyList<DiagnosisEvidence> Records { get; }

    /// <summary>The phases it went through, the oldest first.</summary>
    public IReadOnlyList<WorkloadHistoryEntry> Phases { get; }

    /// <summary>The events as they were read, the oldest first.</summary>
    public IReadOnlyList<WorkloadEvent> Events { get; init; } = [];

    public IReadOnlyList<string> Unread { get; }

    public int? ExitCode { get; }

    /// <summary>Who suspended it, as far as that is recorded and it was not resumed since; null when nobody knows.</summary>
    public string? SuspendedBy =>
        Phases.Any(entry => entry.Phase == WorkloadPhases.Resuming && entry.Time > Hints.SuspendedAt) ? null : Hints.SuspendedBy;

    /// <summary>True when the workload ran at least once, as far as its history tells.</summary>
    public bool HasRun => Phases.Any(entry => WorkloadPhases.IsRunning(entry.Phase));

    /// <summary>The beginning of a sentence on the command that ended.</summary>
    public string Command => Hints.Result?.Replica is { } replica ? $"The command of {replica}" : "Its command";

    /// <summary>True when it ran and waits again without having been suspended.</summary>
    public bool LostItsPlace { get; }

    public bool IsWaiting => Phase == DiagnosisPhase.Waiting;

    public bool HasFailed => Phase == DiagnosisPhase.Failed;

    public bool HasEnded => Phase is DiagnosisPhase.Failed or DiagnosisPhase.Completed;

    /// <summary>The evidence that matches a pattern, the newest first, one of each text.</summary>
    public IReadOnlyList<DiagnosisEvidence> Find(EvidencePattern pattern) =>
        [.. Records.Where(pattern.AreIn).GroupBy(r => r.Text, StringComparer.Ordinal).Select(same => same.First()).Take(5)];

    /// <summary>The same case with what the run's store tells, or could not tell; the control plane is not asked again.</summary>
    /// <param name="result">What the step runner wrote; null when there is nothing.</param>
    /// <param name="lastLogLines">The last lines of the log.</param>
    /// <param name="unread">Why the store could not be read; null when it was.</param>
    public DiagnosisInput With(RunResult? result, IReadOnlyList<string> lastLogLines, string? unread = null)
    {
        var hints = Hints with { Result = result, LacksResult = result is null && unread is null, LastLogLines = lastLogLines };
        return new DiagnosisInput(
            Workload, [.. EvidenceRecords.Of(result), .. _all], Phases, hints, unread is null ? Unread : [.. Unread, unread])
        {
            Events = Events,
        };
    }

    /// <summary>The same case with what the run's record tells of a suspension.</summary>
    /// <param name="suspendedBy">Who suspended it, in words that go on after "was".</param>
    /// <param name="at">When, by the server's clock.</param>
    public DiagnosisInput WithSuspension(string suspendedBy, DateTimeOffset at) =>
        new(Workload, _all, Phases, Hints with { SuspendedBy = suspendedBy, SuspendedAt = at }, Unread) { Events = Events };

    /// <summary>The phase itself as evidence.</summary>
    public DiagnosisEvidence PhaseEvidence() =>
        new(EvidenceSource.Phase, Workload.PhaseUpdatedAt, Workload.Phase, Workload.PhaseMessage);

    /// <summary>The entry of the history that tells that it waits again after it ran; null when there is none.</summary>
    public WorkloadHistoryEntry? PlaceLost()
    {
        var last = Phases.Count - 1;
        while (last >= 0 && WorkloadPhases.IsWaitingToRun(Phases[last].Phase)
            && Phases[last].Phase is not (WorkloadPhases.Creating or WorkloadPhases.Resuming))
        {
            last--;
        }

        return last >= 0 && last < Phases.Count - 1 && WorkloadPhases.IsRunning(Phases[last].Phase) ? Phases[last + 1] : null;
    }

    private static DiagnosisPhase PhaseOf(string phase) => WorkloadPhases.Classify(phase) switch
    {
        _ when WorkloadPhases.IsWaitingToRun(phase) => DiagnosisPhase.Waiting,
        PhaseClass.Active => DiagnosisPhase.Running,
        PhaseClass.Failed => DiagnosisPhase.Failed,
        PhaseClass.Succeeded => DiagnosisPhase.Completed,
        PhaseClass.Stopped => DiagnosisPhase.Stopped,
        PhaseClass.Terminating when phase is WorkloadPhases.Stopping or WorkloadPhases.Suspending => DiagnosisPhase.Stopped,
        _ => DiagnosisPhase.Other,
    };

    /// <summary>The workload was suspended because the time limit ran out: what counts is how far it was before.</summary>
    private DiagnosisPhase PhaseWhenTimeRanOut()
    {
        if (Hints.RanOutPending)
        {
            return DiagnosisPhase.Waiting;
        }

        var before = Phases.LastOrDefault(entry => WorkloadPhases.Classify(entry.Phase) == PhaseClass.Active)?.Phase ?? Workload.Phase;
        return WorkloadPhases.IsWaitingToRun(before) ? DiagnosisPhase.Waiting : DiagnosisPhase.Running;
    }
}
