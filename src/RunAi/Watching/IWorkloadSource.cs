namespace RunAi.Watching;

/// <summary>Where a watcher sees workloads, and through which it puts them down when a policy says so.</summary>
internal interface IWorkloadSource
{
    /// <summary>Looks at workloads. Any failure may be thrown: the watcher waits through it.</summary>
    Task<Look> LookAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Asks for a workload to be suspended.</summary>
    Task StopAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks for a workload to be deleted.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
