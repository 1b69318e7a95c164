namespace RunAi.Watching;

/// <summary>How to wait.</summary>
internal sealed class WatchOptions
{
    /// <summary>The longest time between two looks.</summary>
    public TimeSpan MonitoringInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True to wait on while a workload is suspended; otherwise that ends its wait.</summary>
    public bool WhileStopped { get; init; }
}
