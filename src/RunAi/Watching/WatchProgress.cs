using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>One workload that is still waited for, as a user sees it.</summary>
internal sealed record WatchProgress
{
    public required string WorkloadId { get; init; }

    public required string Name { get; init; }

    /// <summary>The control plane's word; empty before the first poll.</summary>
    public required string Phase { get; init; }

    /// <summary>True before its command runs, or runs again.</summary>
    public bool IsWaiting => WorkloadPhases.IsWaitingToRun(Phase);

    public string? NodePool { get; init; }

    /// <summary>The GPUs held, or asked for while none is held: a sum of devices and portions.</summary>
    public double? Gpu { get; init; }

    /// <summary>How busy its GPUs are, in percent, as it was measured last; null when it was not.</summary>
    public double? GpuUse { get; init; }

    /// <summary>The time since its creation, by the server's clock.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The time it has waited for its place, by the server's count; its whole age while that is not told.</summary>
    public TimeSpan? PendingTime { get; init; }

    /// <summary>Why it does not run, in the control plane's words; null while it runs.</summary>
    public string? WhyPending { get; init; }

    public int Preemptions { get; init; }
}
