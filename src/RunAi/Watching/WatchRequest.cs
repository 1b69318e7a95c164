namespace RunAi.Watching;

/// <summary>One workload to wait for, and what may be done to it.</summary>
internal sealed class WatchRequest
{
    public WatchRequest(string workloadId, string? name = null)
    {
        WorkloadId = workloadId;
        Name = name ?? workloadId;
    }

    public string WorkloadId { get; }

    /// <summary>What to call it until it is seen; its id when the name is not known.</summary>
    public string Name { get; }

    public TimeLimits Limits { get; init; } = TimeLimits.None;

    /// <summary>Gets the workload each time its phase changed, between two polls; it must not block.</summary>
    public Action<Workload>? Changed { get; init; }

    /// <summary>True to delete it when it fails or a time limit runs out.</summary>
    public bool DeleteOnFailure { get; init; }
}
