namespace RunAi.Watching;

/// <summary>The workloads one watcher follows, as its source shows them look by look.</summary>
internal interface IWorkloadSubscription : IDisposable
{
    /// <summary>Looks once. Any failure may be thrown: the watcher waits through it.</summary>
    /// <param name="closely">The ids to be told about whether or not they changed, because something hangs on it.</param>
    /// <param name="cancellationToken">Ends this watcher's look, and nobody else's.</param>
    /// <returns>What is new since the look before.</returns>
    Task<PollResult> PollAsync(IReadOnlyCollection<string> closely, CancellationToken cancellationToken);

    /// <summary>Follows a workload no longer.</summary>
    void Unsubscribe(string id);

    /// <summary>Waits until the next look: for a time at most, or until the look of another watcher brings news.</summary>
    Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
