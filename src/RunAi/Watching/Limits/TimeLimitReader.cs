using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>
/// The time limits of a workload, read by the server's own times, so that neither a restarted waiter nor a wrong local clock
/// changes them.
/// </summary>
internal static class TimeLimitReader
{
    public const string Pending = "PendingTimeout";
    public const string Workload = "WorkloadTimeout";
    public const string Run = "RunTimeout";
    public const string Deadline = "Deadline";

    public const string GpuHours = "MaxGpuHours";
    public const string Idle = "StopWhenIdle";

    /// <summary>Runs out at once when no node can ever hold the workload.</summary>
    public const string Room = "Room";

    /// <summary>A thousand years.</summary>
    private const double MostSeconds = 3e10;

    /// <summary>The time limits that are set and can still end the workload's wait.</summary>
    /// <param name="workload">The workload, not ended.</param>
    /// <param name="limits">What it is allowed.</param>
    /// <param name="running">Its running time so far.</param>
    /// <param name="created">When it was created, by the server.</param>
    /// <param name="serverNow">The server's time.</param>
    /// <param name="neverFits">True when no node can ever hold it.</param>
    /// <param name="isIdle">True when its GPUs were measured to be idle for all the time that they may be.</param>
    public static IEnumerable<LimitReading> Read(
        Workload workload,
        TimeLimits limits,
        RunningTime running,
        DateTimeOffset created,
        DateTimeOffset serverNow,
        bool neverFits = false,
        bool isIdle = false)
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

        if (limits.GpuHours is { } hours
            && (workload.GpuAllocated is > 0 ? workload.GpuAllocated : workload.GpuRequested) is > 0 and var gpus)
        {
            var used = limits.EarlierRunning + running.At(workload, serverNow);
            yield return new LimitReading(
                GpuHours, TimeSpan.FromSeconds(Math.Min(hours / gpus * 3600, MostSeconds)), used, WorkloadPhases.IsRunning(workload.Phase));
        }

        if (isIdle && limits.IdleFor is { } idle)
        {
            yield return new LimitReading(Idle, idle, idle, IsRunning: true);
        }

        if (limits.Run is { } run)
        {
            var ticking = WorkloadPhases.IsRunning(workload.Phase);
            yield return new LimitReading(Run, run, running.At(workload, serverNow), ticking);
        }
    }
}
