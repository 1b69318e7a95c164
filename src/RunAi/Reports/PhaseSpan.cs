using RunAi.Workloads;

namespace RunAi.Reports;

/// <summary>A time that a workload spent in one phase, by the control plane's clock.</summary>
/// <param name="Phase">The phase, in the control plane's words.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When the next began, or the last moment that is known.</param>
internal sealed record PhaseSpan(string Phase, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How long it lasted.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary>What the workload did: <c>waiting</c>, <c>starting</c>, <c>running</c>, <c>stopping</c> or <c>ended</c>.</summary>
    public string Kind => WorkloadPhases.IsRunning(Phase) ? "running"
        : Phase == WorkloadPhases.Initializing ? "starting"
        : WorkloadPhases.IsWaitingToRun(Phase) ? "waiting"
        : WorkloadPhases.Classify(Phase) is PhaseClass.Succeeded or PhaseClass.Failed ? "ended"
        : "stopping";

    /// <summary>The phases that a history tells of, in their order; a phase that is told twice in a row is one.</summary>
    /// <param name="history">The history, in any order.</param>
    /// <param name="createdAt">When the workload was created; null when that is not known.</param>
    /// <param name="until">When it ended, or the time by the server's clock.</param>
    public static IReadOnlyList<PhaseSpan> OfHistory(
        IEnumerable<WorkloadHistoryEntry> history, DateTimeOffset? createdAt, DateTimeOffset until)
    {
        List<PhaseSpan> spans = [];
        foreach (var entry in history.Where(entry => entry.Phase is not null && entry.Time is not null).OrderBy(entry => entry.Time))
        {
            var (phase, time) = (entry.Phase!, entry.Time!.Value);
            if (spans.Count == 0 && createdAt < time && phase != WorkloadPhases.Creating)
            {
                spans.Add(new PhaseSpan(WorkloadPhases.Creating, createdAt.Value, time));
            }

            if (spans.Count > 0 && spans[spans.Count - 1] is var last)
            {
                if (last.Phase == phase)
                {
                    continue;
                }

                spans[spans.Count - 1] = last with { End = time };
            }

            spans.Add(new PhaseSpan(phase, time, time));
        }

        if (spans.Count > 0 && spans[spans.Count - 1] is { Kind: not "ended" } open && until > open.Start)
        {
            spans[spans.Count - 1] = open with { End = until };
        }

        return spans;
    }

    /// <summary>What a run's record tells of its last attempt: the time until it ran, and the time from then to its end.</summary>
    public static IReadOnlyList<PhaseSpan> OfRecord(StepRun run)
    {
        if (run.SubmittedAt is not { } submitted)
        {
            return [];
        }

        var end = run.EndedAt ?? run.StartedAt ?? submitted;
        return run.StartedAt is { } started && started <= end
            ? [new PhaseSpan(WorkloadPhases.Pending, submitted, started), new PhaseSpan(WorkloadPhases.Running, started, end)]
            : [new PhaseSpan(WorkloadPhases.Pending, submitted, end)];
    }
}
