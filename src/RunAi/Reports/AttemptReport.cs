namespace RunAi.Reports;

/// <summary>One attempt of a run, and the phases that its workload went through.</summary>
internal sealed record AttemptReport
{
    /// <summary>Its number, from 1.</summary>
    public required int Attempt { get; init; }

    public required string WorkloadName { get; init; }

    public string? WorkloadId { get; init; }

    public StepRunState State { get; init; }

    public DiagnosisCause? Cause { get; init; }

    public string? Message { get; init; }

    public int? ExitCode { get; init; }

    public int Preemptions { get; init; }

    /// <summary>When the control plane accepted it, by its clock.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>When it ended, by the control plane's clock; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The phases in their order.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; init; } = [];

    /// <summary>All attempts of a run without their phases, the first first.</summary>
    public static IEnumerable<AttemptReport> Of(StepRun run) => run.EarlierAttempts.Select(earlier => new AttemptReport
    {
        Attempt = earlier.Attempt,
        WorkloadName = earlier.WorkloadName,
        WorkloadId = earlier.WorkloadId,
        State = earlier.State,
        Cause = earlier.Cause,
        Message = earlier.Message,
        ExitCode = earlier.ExitCode,
        Preemptions = earlier.Preemptions,
        SubmittedAt = earlier.SubmittedAt,
        EndedAt = earlier.EndedAt,
    }).Append(new AttemptReport
    {
        Attempt = run.Attempt,
        WorkloadName = run.WorkloadName,
        WorkloadId = run.WorkloadId,
        State = run.State,
        Message = run.Message,
        ExitCode = run.ExitCode,
        Preemptions = run.Preemptions,
        SubmittedAt = run.SubmittedAt,
        EndedAt = run.EndedAt,
        Phases = PhaseSpan.OfRecord(run),
    });
}
