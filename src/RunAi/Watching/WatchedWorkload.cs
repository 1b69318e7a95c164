using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>What is known of one workload while it is waited for, and the verdict on it after each poll.</summary>
internal sealed class WatchedWorkload
{
    private const int MissesThatMeanGone = 3;
    private readonly WatchRequest _request;
    private readonly RunningTime _running = new();
    private readonly PreemptionCount _preemptions = new();
    private Workload? _latest;
    private DateTimeOffset _created;
    private int _misses;
    private bool _isOld;
    private LimitReading? _ranOut;
    private DateTimeOffset? _due;
    private bool _isIdle;

    public WatchedWorkload(WatchRequest request) => _request = request;

    public string Id => _request.WorkloadId;

    /// <summary>What to call it: its name, as soon as that is known.</summary>
    public string Name => _latest?.Name ?? _request.Name;

    /// <summary>True once a poll found it.</summary>
    public bool IsSeen => _latest is not null && _misses == 0;

    /// <summary>What a policy asks to be done to it and is not over yet; null when there is nothing.</summary>
    public CleanupAction? PendingCleanup => IsGoingDown && !_isOld ? Cleanup : null;

    /// <summary>The control plane's word for how it is; empty before the first poll.</summary>
    public string Phase => _latest?.Phase ?? "";

    /// <summary>When it came to be as it is, by the server's clock, to tell those that ended in that order.</summary>
    public DateTimeOffset? Since => _latest?.CompletedAt ?? _latest?.PhaseUpdatedAt;

    /// <summary>When the next of its time limits runs out, by the server's clock; null when none ticks.</summary>
    public DateTimeOffset? Due => _misses == 0 && Cleanup is null ? _due : null;

    /// <summary>True once a diagnosis found that no node can ever hold it.</summary>
    public bool NeverFits { get; set; }

    /// <summary>True for one that is to be stopped when its GPUs idle.</summary>
    public bool HasIdleLimit => _request.Limits.IdleFor is not null;

    private CleanupAction? Cleanup { get; set; }

    private bool IsGoingDown => _misses == 0 && Cleanup is { IsOver: false };

    /// <summary>Applies the workload as a poll showed it.</summary>
    /// <returns>True when its phase changed.</returns>
    public bool Observe(Workload workload, DateTimeOffset serverNow, IActivityLog log)
    {
        var changed = _latest?.Phase != workload.Phase;
        _created = workload.CreatedAt ?? (_latest is null ? serverNow : _created);
        _latest = workload;
        _misses = 0;
        _isOld = false;
        _running.Observe(workload, serverNow);
        Cleanup?.Observe(workload.Phase);
        if (_preemptions.Observe(workload.Phase))
        {
            _request.Changed?.Invoke(workload);
            log.Warning($"{workload.Name} was preempted and waits for its place again ({workload.Phase}).");
        }
        else if (changed)
        {
            _request.Changed?.Invoke(workload);
            log.Verbose($"{workload.Name} is {(workload.Phase.Length > 0 ? workload.Phase : "without a phase yet")}.");
        }

        return changed;
    }

    /// <summary>Has the use of its GPUs measured while it runs, and takes in whether they idle.</summary>
    /// <returns>True when they do, or do no longer, so that it is to be judged anew.</returns>
    public bool MarkIdle(GpuUseWatch use, DateTimeOffset serverNow)
    {
        var was = _isIdle;
        if (_latest is { } seen && WorkloadPhases.IsRunning(seen.Phase) && (seen.GpuAllocated ?? seen.GpuRequested) is > 0)
        {
            use.Refresh(Id, seen.PhaseUpdatedAt ?? serverNow, serverNow, _request.Limits.IdleBelow, _request.Limits.IdleFor);
            _isIdle = HasIdleLimit && use.IsIdle(Id);
        }
        else
        {
            use.Forget(Id);
            _isIdle = false;
        }

        return was || _isIdle;
    }

    /// <summary>
    /// Notes that what was seen last is from before the last poll: it may be otherwise by now, and no time limit counts by it.
    /// </summary>
    public void MarkStale() => _isOld = true;

    /// <summary>Notes that a poll did not find it.</summary>
    public void MarkMissing() => _misses++;

    /// <summary>True when something is to be done about it now, for which it must be seen as it is now.</summary>
    public bool NeedsRefresh(DateTimeOffset serverNow) => IsGoingDown || _isIdle || Due <= serverNow;

    /// <summary>
    /// Decides what a poll that showed it, or did not find it, means: an outcome, something to be done first
    /// (<see cref="PendingCleanup"/>), or to wait on. A time limit counts only by a poll that showed the workload.
    /// </summary>
    public WatchOutcome? Judge(DateTimeOffset serverNow, bool whileStopped)
    {
        var outcome = Decide(serverNow, whileStopped);
        _due = serverNow + Limits(serverNow)
            .Where(limit => limit.IsRunning && (_isOld || !limit.IsExpired))
            .Select(limit => (TimeSpan?)limit.Remaining)
            .Min();
        return outcome;
    }

    private WatchOutcome? Decide(DateTimeOffset serverNow, bool whileStopped)
    {
        if (_misses > 0)
        {
            return _misses >= MissesThatMeanGone ? Gone() : null;
        }

        if (_latest is null)
        {
            return null;
        }

        switch (WorkloadPhases.Classify(_latest.Phase))
        {
            case PhaseClass.Succeeded:
                return Outcome(WatchOutcomeKind.Completed);
            case PhaseClass.Failed when Cleanup is not { StoppedByUs: true }:
                Cleanup = _ranOut is null && Cleanup is not null ? Cleanup : new CleanupAction(stop: false, _request.DeleteOnFailure);
                _ranOut = null;
                break;
            case PhaseClass.Stopped when Cleanup is null && !whileStopped:
                return Outcome(WatchOutcomeKind.Stopped);
            default:
                ReadClocks(serverNow);
                break;
        }

        return Settled();
    }

    /// <summary>The outcome, once what a policy asks for is done or given up.</summary>
    public WatchOutcome? Settled() =>
        Cleanup is not { IsOver: true } ? null : Outcome(_ranOut is null ? WatchOutcomeKind.Failed : WatchOutcomeKind.TimedOut);

    public WatchProgress Progress(DateTimeOffset serverNow)
    {
        var known = Known();
        var age = _latest is null || serverNow < _created ? TimeSpan.Zero : serverNow - _created;
        return new WatchProgress
        {
            WorkloadId = Id,
            Name = known.Name,
            Phase = known.Phase,
            NodePool = known.NodePool,
            Gpu = known.GpuAllocated > 0 ? known.GpuAllocated : known.GpuRequested,
            Elapsed = age,
            PendingTime = known.PendingTime ?? (_running.HasRun ? null : age),
            WhyPending = WorkloadPhases.IsRunning(known.Phase) ? null
                : known.PendingReasons.Count > 0 ? string.Join("; ", known.PendingReasons)
                : known.PhaseMessage,
            Preemptions = _preemptions.Count,
        };
    }

    /// <summary>
    /// Begins to stop it, or to delete it, when a time limit ran out. Until its suspension was accepted each poll can still call that off:
    /// a queued workload may have begun to run, a failed one been resumed.
    /// </summary>
    private void ReadClocks(DateTimeOffset serverNow)
    {
        var goingDown = WorkloadPhases.Classify(_latest!.Phase) is PhaseClass.Stopped or PhaseClass.Terminating or PhaseClass.Failed;
        if (_isOld || (Cleanup is { } begun && (begun.StoppedByUs || goingDown)))
        {
            return;
        }

        var ranOut = Limits(serverNow).Where(limit => limit.IsExpired).OrderBy(limit => limit.Remaining).FirstOrDefault();
        if (ranOut is null)
        {
            Cleanup = null;
        }
        else if (_ranOut is null || Cleanup is null)
        {
            Cleanup = new CleanupAction(stop: true, _request.DeleteOnFailure);
            Cleanup.Observe(_latest.Phase);
        }

        _ranOut = ranOut;
    }

    private IEnumerable<LimitReading> Limits(DateTimeOffset serverNow) =>
        _latest is null ? [] : TimeLimitReader.Read(_latest, _request.Limits, _running, _created, serverNow, NeverFits, _isIdle);

    /// <summary>It is no longer there: by our own deletion, if one was under way.</summary>
    private WatchOutcome Gone() =>
        Outcome(_ranOut is not null ? WatchOutcomeKind.TimedOut : Cleanup is not null ? WatchOutcomeKind.Failed : WatchOutcomeKind.Deleted);

    private WatchOutcome Outcome(WatchOutcomeKind kind)
    {
        var gone = _misses >= MissesThatMeanGone;
        var putDown = kind is WatchOutcomeKind.Failed or WatchOutcomeKind.TimedOut ? Cleanup : null;
        return new WatchOutcome(kind, Known())
        {
            Preemptions = _preemptions.Count,
            HasRun = kind == WatchOutcomeKind.Completed || _running.HasRun,
            Limit = kind == WatchOutcomeKind.TimedOut ? _ranOut : null,
            IsStopped = putDown?.IsStopped ?? kind == WatchOutcomeKind.Stopped,
            IsDeleted = gone || putDown is { IsDeleted: true },
            Problem = gone ? null : putDown?.Problem,
        };
    }

    private Workload Known() => _latest ?? new Workload { WorkloadId = Id, Name = _request.Name };
}
