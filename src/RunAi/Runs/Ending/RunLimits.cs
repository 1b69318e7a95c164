using RunAi.Watching;

namespace RunAi.Runs;

/// <summary>The time limits that hold for an attempt of a run.</summary>
internal static class RunLimits
{
    /// <summary>What the run was submitted with.</summary>
    public static TimeLimits Of(StepRun run) => Of(run, null, null, null);

    /// <summary>What is given here, else what the run was submitted with.</summary>
    public static TimeLimits Of(StepRun run, TimeSpan? pending, TimeSpan? workload, TimeSpan? running, bool endsWhenItNeverFits = false) =>
        new()
        {
            Pending = pending ?? run.PendingTimeout,
            Workload = workload ?? run.WorkloadTimeout,
            Run = running ?? run.RunTimeout,
            Deadline = run.Deadline,
            FirstCreated = run.FirstSubmittedAt,
            EndsWhenItNeverFits = endsWhenItNeverFits,
            GpuHours = run.MaxGpuHours,
            EarlierRunning = TimeSpan.FromTicks(run.EarlierAttempts.Sum(attempt => RanOf(attempt).Ticks)),
            IdleBelow = run.IdleBelow,
            IdleFor = run.IdleFor,
        };

    private static TimeSpan RanOf(StepAttempt attempt) =>
        attempt.EndedAt - attempt.StartedAt is { } time && time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
