namespace RunAi.Watching;

/// <summary>How the wait for one workload ended, what was done to the workload and what is left of it.</summary>
internal sealed class WatchOutcome
{
    public WatchOutcome(WatchOutcomeKind kind, Workload workload)
    {
        Kind = kind;
        Workload = workload;
    }

    public WatchOutcomeKind Kind { get; }

    /// <summary>The workload as it was last seen; only its id and name when it never was.</summary>
    public Workload Workload { get; }

    /// <summary>How often it lost its place while it was watched.</summary>
    public int Preemptions { get; init; }

    /// <summary>True when its command ran at least once, as far as the wait saw or the server tells.</summary>
    public bool HasRun { get; init; }

    /// <summary>The time limit that ran out, for <see cref="WatchOutcomeKind.TimedOut"/>.</summary>
    public LimitReading? Limit { get; init; }

    /// <summary>True when it is suspended: by us, or found so when its time limit ran out.</summary>
    public bool IsStopped { get; init; }

    /// <summary>True when it was deleted by us, or found gone when we were about to.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Why what the policy asks for could not be done, or null when it was done.</summary>
    public string? Problem { get; init; }
}
