namespace RunAi.Runs.Retries;

/// <summary>The kinds of failure that a retry policy tells apart.</summary>
internal enum RetryCategory
{
    /// <summary>Never tried again: quota, policy, a clock, a suspension, a deletion, what nobody understands.</summary>
    Never,

    /// <summary>The scheduler took its place.</summary>
    Preempted,

    /// <summary>Something around the step failed and may pass: node, registry, storage, room, control plane.</summary>
    Infrastructure,

    /// <summary>The step itself failed, also for lack of memory: it most likely fails again.</summary>
    UserCode,
}
