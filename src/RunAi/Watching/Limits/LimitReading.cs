namespace RunAi.Watching;

/// <summary>One time limit of a workload at one moment of the server's time.</summary>
/// <param name="Name"><c>PendingTimeout</c>, <c>WorkloadTimeout</c>, <c>RunTimeout</c>, <c>Deadline</c>, <c>MaxGpuHours</c> or
/// <c>StopWhenIdle</c>.</param>
/// <param name="Limit">What it allows.</param>
/// <param name="Elapsed">What has been used of it.</param>
/// <param name="IsRunning">False while the workload's phase does not use it up.</param>
internal sealed record LimitReading(string Name, TimeSpan Limit, TimeSpan Elapsed, bool IsRunning)
{
    public TimeSpan Remaining => Limit - Elapsed;

    public bool IsExpired => Elapsed >= Limit;
}
