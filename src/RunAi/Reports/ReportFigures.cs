using RunAi.Runs;

namespace RunAi.Reports;

/// <summary>The figures of a run, in the order in which a report has them: the same for one run, and side by side for several.</summary>
internal static class ReportFigures
{
    /// <summary>What is seen first of a run.</summary>
    public static IReadOnlyList<ReportFigure> Main { get; } =
    [
        new("State", report => report.Run.State.ToString()),
        new("Waited", report => ReportText.Duration(Figures(report).Waited)),
        new("Ran", report => ReportText.Duration(Figures(report).Ran)),
        new("GPU hours", report => ReportText.Number(report.Usage?.GpuHours, "0.####")),
        new("Mean GPU use", report => ReportText.Percent(report.Usage?.GpuUtilizationMean)),
        new("Idle GPU time", report => ReportText.Percent(report.Usage?.GpuIdleShare * 100)),
        new("Attempts", report => ReportText.Count(report.Attempts.Count)),
        new("Preemptions", report => ReportText.Count(Figures(report).Preemptions)),
        new("Exit code", report => ReportText.Count(report.Run.ExitCode)),
    ];

    /// <summary>What tells one run from another beyond that.</summary>
    public static IReadOnlyList<ReportFigure> Further { get; } =
    [
        new("Submitted (UTC)", report => ReportText.Time(report.Run.FirstSubmittedAt ?? report.Run.SubmittedAt)),
        new("Ended (UTC)", report => ReportText.Time(report.Run.EndedAt)),
        new("GPUs asked", report => ReportText.Number(report.Usage?.GpuRequested)),
        new("GPU peak", report => ReportText.Percent(report.Usage?.GpuUtilizationPeak)),
        new("GPU memory asked", report => ReportText.Bytes(report.Usage?.GpuMemoryRequested)),
        new("GPU memory peak", report => ReportText.Bytes(report.Usage?.GpuMemoryPeak)),
        new("CPU asked", report => ReportText.Value(report.Usage?.CpuRequested, "cores")),
        new("CPU peak", report => ReportText.Value(report.Usage?.CpuPeak, "cores")),
        new("Memory asked", report => ReportText.Bytes(report.Usage?.MemoryRequested)),
        new("Memory peak", report => ReportText.Bytes(report.Usage?.MemoryPeak ?? report.Run.PeakMemory)),
    ];

    /// <summary>Who and what a run is.</summary>
    public static IReadOnlyList<ReportFigure> Identity { get; } =
    [
        new("Run", report => report.Run.RunId),
        new("Workload", report => report.Run.WorkloadName),
        new("Project", report => report.Run.ProjectName),
        new("Step operator", report => report.Run.StepOperator),
        new("Image", report => report.Run.Image ?? ReportText.Unknown),
    ];

    private static RunFigures Figures(RunReport report) => new(report.Run, report.Usage);
}
