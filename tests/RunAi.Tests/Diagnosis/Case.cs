using RunAi.Diagnosis;
using RunAi.RunManifest;

namespace RunAi.Tests.Diagnosis;

/// <summary>Builds the evidence of one workload as a control plane would tell it, minute by minute.</summary>
internal sealed class Case
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly List<WorkloadEvent> _events = [];
    private readonly List<WorkloadHistoryEntry> _history = [];
    private readonly List<WorkloadPod> _pods = [];
    private readonly Workload _workload = new() { WorkloadId = "0a1b", Name = "train-4g7c2h9k", Image = "org/train:1" };
    private RunResult? _result;
    private string[] _log = [];
    private string? _ranOut;
    private bool _pending;
    private bool _gone;
    private int _minute;
    private string[] _unread = [];

    /// <summary>The workload goes through these phases, a minute each.</summary>
    public Case In(params string[] phases)
    {
        foreach (var phase in phases)
        {
            _workload.Phase = phase;
            _workload.PhaseUpdatedAt = Now();
            _history.Add(new WorkloadHistoryEntry { Time = Now(), Type = "PhaseUpdate", Phase = phase });
            _minute++;
        }

        return this;
    }

    public Case Saying(string message)
    {
        _workload.PhaseMessage = message;
        return this;
    }

    public Case Event(string reason, string message)
    {
        _events.Add(new WorkloadEvent { Time = Now(), Type = "Warning", Reason = reason, Message = message });
        _minute++;
        return this;
    }

    public Case Scheduling(string phaseReason, string message)
    {
        _workload.PhaseReason = phaseReason;
        _workload.PendingReasons = [message];
        return this;
    }

    public Case Pod(string phase)
    {
        _pods.Add(new WorkloadPod { Name = "train-0", NodeName = "n1", Phase = phase });
        return this;
    }

    public Case Result(string outcome, int? exitCode = null, string? message = null)
    {
        _result = new RunResult { Outcome = outcome, ExitCode = exitCode, Message = message, EndedAt = Now() };
        return this;
    }

    public Case Log(params string[] lines)
    {
        _log = lines;
        return this;
    }

    public Case RanOut(string words, bool pending = false)
    {
        (_ranOut, _pending) = (words, pending);
        return this;
    }

    public Case Gone()
    {
        _gone = true;
        return this;
    }

    public Case Unread(params string[] what)
    {
        _unread = what;
        return this;
    }

    public WorkloadDiagnosis Diagnose()
    {
        var clues = new DiagnosisHints
        {
            Result = _result,
            LastLogLines = _log,
            RanOut = _ranOut,
            RanOutPending = _pending,
            IsGone = _gone,
        };
        var records = EvidenceRecords.Of(_workload, null, _events, _history, _pods, clues);
        return DiagnosisEngine.Diagnose(new DiagnosisInput(_workload, records, _history, clues, _unread));
    }

    private DateTimeOffset Now() => Start.AddMinutes(_minute);
}
