using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>
/// The clocks of a workload, read by the server's own times, so that neither a restarted waiter nor a wrong local clock
/// changes them.
/// </summary>
internal static class TimeLimitReader
{
    public const string Pending = "PendingTimeout";
    public const string Workload = "WorkloadTimeout";
    public const string Run = "RunTimeout";
    public const string Deadline = "Deadline";

    /// <summary>Runs out at once when no node can ever hold the workload.</summary>
    public const string Room = "Room";

    /// <summary>The clocks that have a limit and can still end the workload's wait.</summary>
    /// <param name="workload">The workload, not ended.</param>
    /// <param name="limits">What it is allowed.</param>
    /// <param name="running">Its running time so far.</param>
    /// <param name="created">When it was created, by the server.</param>
    /// <param name="serverNow">The server's time.</param>
    /// <param name="neverFits">True when no node can ever hold it.</param>
    public static IEnumerable<LimitReading> Read(
        Workload workload,
        TimeLimits limits,
        RunningTime running,
        DateTimeOffset created,
        DateTimeOffset serverNow,
        bool neverFits = false)
    {
        if (neverFits && limits.EndsWhenItNeverFits && WorkloadPhases.IsWaitingToRun(workload.Phase))
        {
            yield return new LimitReading(Room, TimeSpan.Zero, serverNow - created, IsRunning: true);
        }

        if (limits.Pending is { } pending && !running.HasRun && WorkloadPhases.IsWaitingToRun(workload.Phase))
        {
            yield return new LimitReading(Pending, pending, serverNow - created, IsRunning: true);
        }

        if (limits.Workload is { } whole)
        {
            yield return new LimitReading(Workload, whole, serverNow - created, IsRunning: true);
        }

        if (limits.Deadline is { } all)
        {
            yield return new LimitReading(Deadline, all, serverNow - (limits.FirstCreated ?? created), IsRunning: true);
        }

        if (limits.Run is { } run)
        {
            var ticking = WorkloadPhases.IsRunning(workload.Phase);
            yield return new LimitReading(Run, run, running.At(workload, serverNow), ticking);
        }
    }
}
