namespace RunAi.Watching;

/// <summary>The workloads one watcher follows, as its source shows them poll by poll.</summary>
internal interface IWorkloadSubscription : IDisposable
{
    /// <summary>Polls once. Any failure may be thrown: the watcher waits through it.</summary>
    /// <param name="refreshIds">The ids to be told about whether or not they changed, because something hangs on it.</param>
    /// <param name="cancellationToken">Ends this watcher's poll, and nobody else's.</param>
    /// <returns>What is new since the poll before.</returns>
    Task<PollResult> PollAsync(IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken);

    /// <summary>Follows a workload no longer.</summary>
    void Unsubscribe(string id);

    /// <summary>Waits until the next poll: for a time at most, or until the poll of another watcher brings news.</summary>
    Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
