using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>
/// The clocks of a workload, read by the server's own times, so that neither a restarted waiter nor a wrong local clock
/// changes them.
/// </summary>
internal static class WorkloadClocks
{
    public const string Pending = "PendingTimeout";
    public const string Workload = "WorkloadTimeout";
    public const string Run = "RunTimeout";
    public const string Deadline = "Deadline";

    /// <summary>The clocks that have a limit and can still end the workload's wait.</summary>
    /// <param name="workload">The workload, not ended.</param>
    /// <param name="limits">What it is allowed.</param>
    /// <param name="running">Its running time so far.</param>
    /// <param name="created">When it was created, by the server.</param>
    /// <param name="serverNow">The server's time.</param>
    public static IEnumerable<ClockReading> Read(
        Workload workload,
        ClockLimits limits,
        RunningTime running,
        DateTimeOffset created,
        DateTimeOffset serverNow)
    {
        if (limits.Pending is { } pending && !running.HasRun && WorkloadPhases.IsWaitingToRun(workload.Phase))
        {
            yield return new ClockReading(Pending, pending, serverNow - created, Ticking: true);
        }

        if (limits.Workload is { } whole)
        {
            yield return new ClockReading(Workload, whole, serverNow - created, Ticking: true);
        }

        if (limits.Deadline is { } all)
        {
            yield return new ClockReading(Deadline, all, serverNow - (limits.FirstCreated ?? created), Ticking: true);
        }

        if (limits.Run is { } run)
        {
            var ticking = WorkloadPhases.IsRunning(workload.Phase);
            yield return new ClockReading(Run, run, running.At(workload, serverNow), ticking);
        }
    }
}
