namespace RunAi.Watching;

/// <summary>One clock of a workload at one moment of the server's time.</summary>
/// <param name="Clock"><c>PendingTimeout</c>, <c>WorkloadTimeout</c>, <c>RunTimeout</c> or <c>Deadline</c>.</param>
/// <param name="Limit">What it allows.</param>
/// <param name="Elapsed">What has been used of it.</param>
/// <param name="Ticking">False while the workload's phase does not use it up.</param>
internal sealed record ClockReading(string Clock, TimeSpan Limit, TimeSpan Elapsed, bool Ticking)
{
    public TimeSpan Remaining => Limit - Elapsed;

    public bool Expired => Elapsed >= Limit;
}
