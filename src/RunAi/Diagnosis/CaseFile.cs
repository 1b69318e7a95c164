using RunAi.ControlPlane;
using RunAi.RunManifest;

namespace RunAi.Diagnosis;

/// <summary>All evidence on one workload, put in order: what counts now apart from what is over.</summary>
internal sealed class CaseFile
{
    private readonly DiagnosisEvidence[] _all;

    public CaseFile(Workload workload, IEnumerable<DiagnosisEvidence> records, IEnumerable<WorkloadHistoryEntry> history, Clues clues, IReadOnlyList<string> unread)
    {
        _all = [.. records];
        Workload = workload;
        Clues = clues;
        Unread = unread;
        Phases = [.. history.Where(entry => entry.Phase is not null).OrderBy(entry => entry.Time)];
        Stage = clues.RanOut is null ? StageOf(workload.Phase) : StageWhenTheClockRanOut();
        LostItsPlace = Stage == Stage.Waiting && PlaceLost() is not null;

        // What happened before the last start, or before it was resumed, has been got over: it explains nothing now.
        var since = Phases.LastOrDefault(entry => WorkloadPhases.IsRunning(entry.Phase) || entry.Phase is WorkloadPhases.Resuming)?.Time;
        Records = [.. _all.Where(r => r.Time is null || since is null || r.Time >= since).OrderByDescending(r => r.Time ?? DateTimeOffset.MaxValue)];
        ExitCode = clues.Result?.ExitCode ?? (Stage is Stage.Failed or Stage.Running
            ? Diagnosis.ExitCode.In(Records.Select(r => r.Text))
            : null);
    }

    public Workload Workload { get; }

    public Clues Clues { get; }

    public Stage Stage { get; }

    /// <summary>The evidence that counts now, the newest first.</summary>
    public IReadOnlyList<DiagnosisEvidence> Records { get; }

    /// <summary>The phases it went through, the oldest first.</summary>
    public IReadOnlyList<WorkloadHistoryEntry> Phases { get; }

    /// <summary>The events as they were read, the oldest first.</summary>
    public IReadOnlyList<WorkloadEvent> Events { get; init; } = [];

    public IReadOnlyList<string> Unread { get; }

    public int? ExitCode { get; }

    /// <summary>The beginning of a sentence on the command that ended.</summary>
    public string Command => Clues.Result?.Replica is { } replica ? $"The command of {replica}" : "Its command";

    /// <summary>True when it ran and waits again without having been suspended.</summary>
    public bool LostItsPlace { get; }

    public bool IsWaiting => Stage == Stage.Waiting;

    public bool HasFailed => Stage == Stage.Failed;

    public bool HasEnded => Stage is Stage.Failed or Stage.Completed;

    /// <summary>The evidence that has the signs, the newest first, one of each text.</summary>
    public IReadOnlyList<DiagnosisEvidence> Find(Signs signs) =>
        [.. Records.Where(signs.AreIn).GroupBy(r => r.Text, StringComparer.Ordinal).Select(same => same.First()).Take(5)];

    /// <summary>The same case with what the run's store tells, or could not tell; the control plane is not asked again.</summary>
    /// <param name="result">What the step runner wrote; null when there is nothing.</param>
    /// <param name="lastLogLines">The last lines of the log.</param>
    /// <param name="unread">Why the store could not be read; null when it was.</param>
    public CaseFile With(RunResult? result, IReadOnlyList<string> lastLogLines, string? unread = null)
    {
        var clues = new Clues
        {
            Result = result,
            LacksResult = result is null && unread is null,
            LastLogLines = lastLogLines,
            RanOut = Clues.RanOut,
            RanOutPending = Clues.RanOutPending,
            IsGone = Clues.IsGone,
        };
        return new CaseFile(Workload, [.. EvidenceRecords.Of(result), .. _all], Phases, clues, unread is null ? Unread : [.. Unread, unread]) { Events = Events };
    }

    /// <summary>The phase itself as evidence.</summary>
    public DiagnosisEvidence Phase() =>
        new(EvidenceSource.Phase, Workload.PhaseUpdatedAt, Workload.Phase, Workload.PhaseMessage);

    /// <summary>The entry of the history that tells that it waits again after it ran; null when there is none.</summary>
    public WorkloadHistoryEntry? PlaceLost()
    {
        var last = Phases.Count - 1;
        while (last >= 0 && WorkloadPhases.IsWaitingToRun(Phases[last].Phase) && Phases[last].Phase is not (WorkloadPhases.Creating or WorkloadPhases.Resuming))
        {
            last--;
        }

        return last >= 0 && last < Phases.Count - 1 && WorkloadPhases.IsRunning(Phases[last].Phase) ? Phases[last + 1] : null;
    }

    private static Stage StageOf(string phase) => WorkloadPhases.Classify(phase) switch
    {
        _ when WorkloadPhases.IsWaitingToRun(phase) => Stage.Waiting,
        PhaseClass.OnTheWay => Stage.Running,
        PhaseClass.Failed => Stage.Failed,
        PhaseClass.Succeeded => Stage.Completed,
        PhaseClass.Stopped => Stage.Stopped,
        PhaseClass.Leaving when phase == WorkloadPhases.Stopping => Stage.Stopped,
        _ => Stage.Other,
    };

    /// <summary>The workload was suspended because the clock ran out: what counts is how far it was before.</summary>
    private Stage StageWhenTheClockRanOut()
    {
        if (Clues.RanOutPending)
        {
            return Stage.Waiting;
        }

        var before = Phases.LastOrDefault(entry => WorkloadPhases.Classify(entry.Phase) == PhaseClass.OnTheWay)?.Phase ?? Workload.Phase;
        return WorkloadPhases.IsWaitingToRun(before) ? Stage.Waiting : Stage.Running;
    }
}
