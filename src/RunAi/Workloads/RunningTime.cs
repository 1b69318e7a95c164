namespace RunAi.Workloads;

/// <summary>
/// How long a workload has run. The server's total (<c>totalRunningTimeSeconds</c>) may or may not include the running turn of
/// now, so the turn is measured from <c>phaseUpdatedAt</c> and added only to a total seen while it did not run. Where that
/// leaves a doubt, the shorter time is taken: a doubt must not stop a job.
/// </summary>
internal sealed class RunningTime
{
    private TimeSpan _earlierTurns;
    private DateTimeOffset? _turnBegan;

    /// <summary>True once it has run, as far as the server tells or this waiter saw.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Applies what a poll showed.</summary>
    public void Observe(Workload workload, DateTimeOffset serverNow)
    {
        var told = workload.RunningTime ?? TimeSpan.Zero;
        HasRun |= told > TimeSpan.Zero || WorkloadPhases.IsRunning(workload.Phase);
        var since = workload.PhaseUpdatedAt ?? serverNow;
        if (WorkloadPhases.IsRunning(workload.Phase))
        {
            _turnBegan = _turnBegan < since ? _turnBegan : since;
        }
        else if (WorkloadPhases.Classify(workload.Phase) != PhaseClass.Unknown)
        {
            _earlierTurns = Longer(told, _earlierTurns + Turn(since));
            _turnBegan = null;
        }
    }

    /// <summary>The running time up to a moment of the server's time.</summary>
    public TimeSpan At(Workload workload, DateTimeOffset serverNow)
    {
        var turn = WorkloadPhases.IsRunning(workload.Phase) ? Turn(serverNow) : TimeSpan.Zero;
        return Longer(workload.RunningTime ?? TimeSpan.Zero, _earlierTurns + turn);
    }

    private TimeSpan Turn(DateTimeOffset until) =>
        _turnBegan is { } began ? Longer(until - began, TimeSpan.Zero) : TimeSpan.Zero;

    private static TimeSpan Longer(TimeSpan timeSpan, TimeSpan other) => timeSpan > other ? timeSpan : other;
}
