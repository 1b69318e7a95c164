namespace RunAi.Watching;

/// <summary>Where a watcher sees workloads, and through which it puts them down when a policy says so.</summary>
internal interface IWorkloadSource
{
    /// <summary>Begins to follow workloads, each given once; disposing of the subscription ends that.</summary>
    IWorkloadSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests);

    /// <summary>Asks for a workload to be suspended.</summary>
    Task StopAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks for a workload to be deleted.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
