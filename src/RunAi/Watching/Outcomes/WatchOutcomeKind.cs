namespace RunAi.Watching;

/// <summary>How the wait for a workload ended.</summary>
internal enum WatchOutcomeKind
{
    /// <summary>It completed.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Somebody suspended it.</summary>
    Stopped,

    /// <summary>It is no longer there, and not by our doing.</summary>
    Deleted,

    /// <summary>One of its time limits ran out.</summary>
    TimedOut,
}
