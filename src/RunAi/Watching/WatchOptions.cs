namespace RunAi.Watching;

/// <summary>How to wait.</summary>
internal sealed class WatchOptions
{
    /// <summary>The longest time between two polls.</summary>
    public TimeSpan MonitoringInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tells that a workload has most likely ended, so that it is polled at once; null for no such sign.</summary>
    public EndHint? Hint { get; init; }

    /// <summary>The ids of workloads that no node can ever hold, as far as that was found out; null when nobody finds that out.</summary>
    public Func<string, bool>? NeverFits { get; init; }

    /// <summary>Measures how busy GPUs are; null when nobody does.</summary>
    public GpuUseWatch? GpuUse { get; init; }

    /// <summary>True to wait on while a workload is suspended; otherwise that ends its wait.</summary>
    public bool WhileStopped { get; init; }
}
