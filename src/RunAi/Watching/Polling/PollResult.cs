namespace RunAi.Watching;

/// <summary>What one poll of the control plane gave. A workload in neither list is as it was at the poll before.</summary>
internal sealed class PollResult
{
    /// <param name="serverTime">The server's time at the poll (its <c>Date</c> header, or local time and the known offset).</param>
    /// <param name="found">The workloads it told about.</param>
    /// <param name="missing">The ids it answered 404 for, or that a full list does not have.</param>
    /// <param name="deferred">The ids among those found that an earlier poll showed, whose delivery was put off: one that failed half-way,
    /// or another subscriber's.</param>
    public PollResult(
        DateTimeOffset serverTime, IReadOnlyCollection<Workload> found, IReadOnlyCollection<string>? missing = null,
        IReadOnlyCollection<string>? deferred = null)
    {
        Deferred = deferred ?? [];
        ServerTime = serverTime;
        Found = found;
        Missing = missing ?? [];
    }

    public DateTimeOffset ServerTime { get; }

    public IReadOnlyCollection<Workload> Found { get; }

    public IReadOnlyCollection<string> Missing { get; }

    public IReadOnlyCollection<string> Deferred { get; }
}
