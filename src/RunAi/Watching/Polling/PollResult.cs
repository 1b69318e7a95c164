namespace RunAi.Watching;

/// <summary>What one look at the control plane showed. A workload in neither list is as it was at the look before.</summary>
internal sealed class PollResult
{
    /// <param name="serverTime">The server's time at the look (its <c>Date</c> header, or local time and the known offset).</param>
    /// <param name="found">The workloads it told about.</param>
    /// <param name="missing">The ids it answered 404 for, or that a full list does not have.</param>
    /// <param name="late">The ids among those found that an earlier look showed, whose telling was put off: one that failed half-way, or another waiter's.</param>
    public PollResult(
        DateTimeOffset serverTime, IReadOnlyCollection<Workload> found, IReadOnlyCollection<string>? missing = null, IReadOnlyCollection<string>? late = null)
    {
        Deferred = late ?? [];
        ServerTime = serverTime;
        Found = found;
        Missing = missing ?? [];
    }

    public DateTimeOffset ServerTime { get; }

    public IReadOnlyCollection<Workload> Found { get; }

    public IReadOnlyCollection<string> Missing { get; }

    public IReadOnlyCollection<string> Deferred { get; }
}
