namespace RunAi.Reports;

/// <summary>
/// What a report tells of one run: its record, and what the control plane, the metrics store and the artifact store know of it.
/// </summary>
internal sealed class RunReport
{
    /// <summary>The run as it stands.</summary>
    public required StepRun Run { get; init; }

    /// <summary>All attempts, the first first, with the phases of their workloads.</summary>
    public IReadOnlyList<AttemptReport> Attempts { get; init; } = [];

    /// <summary>What was measured of the workloads of all attempts.</summary>
    public IReadOnlyList<WorkloadMetric> Metrics { get; init; } = [];

    /// <summary>What the last attempt asked for and used; null when it could not be measured.</summary>
    public WorkloadUsage? Usage { get; init; }

    /// <summary>Why it waits or did not succeed; null for a run that succeeded, and where it could not be found out.</summary>
    public WorkloadDiagnosis? Diagnosis { get; init; }

    /// <summary>The artifacts that went in; empty for a run without the step runner.</summary>
    public IReadOnlyList<Artifact> Inputs { get; init; } = [];

    /// <summary>The specification in force, a line for each setting.</summary>
    public IReadOnlyList<ReportedSetting> Settings { get; init; } = [];

    /// <summary>The end of the log, fit to be shown.</summary>
    public IReadOnlyList<LogLine> Log { get; init; } = [];

    /// <summary>What could not be read, each with the reason in a sentence.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>The first moment that anything is known of; null for nothing.</summary>
    public DateTimeOffset? Start => Moments.Min();

    /// <summary>The last moment that anything is known of; null for nothing.</summary>
    public DateTimeOffset? End => Moments.Max();

    private IEnumerable<DateTimeOffset?> Moments =>
        Attempts.SelectMany(attempt => attempt.Phases.SelectMany(phase => new DateTimeOffset?[] { phase.Start, phase.End })
            .Append(attempt.SubmittedAt).Append(attempt.EndedAt))
            .Concat(Metrics.Select(metric => (DateTimeOffset?)metric.Time));
}
