using System.Text;
using Newtonsoft.Json;
using RunAi.Json;

namespace RunAi.Reports;

/// <summary>
/// A report as JSON: one object with <c>madeAt</c> and <c>runs</c>, in camel case, times in ISO 8601, durations as <c>hh:mm:ss</c>, what is
/// not known left out.
/// </summary>
internal static class JsonReport
{
    /// <summary>The version of the shape. It rises when a property changes its meaning or goes.</summary>
    public const int Version = 1;

    /// <summary>The text.</summary>
    /// <param name="reports">The runs.</param>
    /// <param name="madeAt">When the report was made.</param>
    public static string Write(IReadOnlyList<RunReport> reports, DateTimeOffset madeAt)
    {
        using var compact = new MemoryStream(
            Encoding.UTF8.GetBytes(WireJson.Write(new { Version, MadeAt = madeAt, Runs = reports.Select(Of) })));
        return WireJson.Read(compact).ToString(Formatting.Indented) + "\n";
    }

    private static object Of(RunReport report) => new
    {
        report.Run.RunId,
        report.Run.StepName,
        State = report.Run.State.ToString(),
        report.Run.WorkloadName,
        report.Run.WorkloadId,
        report.Run.ProjectName,
        report.Run.StepOperator,
        report.Run.Image,
        report.Run.ExitCode,
        report.Run.Message,
        report.Run.SubmittedAt,
        report.Run.StartedAt,
        report.Run.EndedAt,
        report.Run.Url,
        Attempts = report.Attempts.Select(attempt => new
        {
            attempt.Attempt,
            attempt.WorkloadName,
            attempt.WorkloadId,
            State = attempt.State.ToString(),
            Cause = attempt.Cause?.ToString(),
            attempt.ExitCode,
            attempt.Message,
            attempt.Preemptions,
            attempt.SubmittedAt,
            attempt.EndedAt,
            Phases = attempt.Phases.Select(phase => new { phase.Phase, phase.Start, phase.End }),
        }),
        Usage = report.Usage is not { } usage ? null : new
        {
            usage.RunningTime,
            usage.GpuRequested,
            usage.GpuHours,
            usage.GpuIdleShare,
            usage.GpuUtilizationMean,
            usage.GpuUtilizationPeak,
            usage.GpuMemoryRequested,
            usage.GpuMemoryPeak,
            usage.CpuRequested,
            usage.CpuMean,
            usage.CpuPeak,
            usage.MemoryRequested,
            usage.MemoryPeak,
            usage.Missing,
            Advice = usage.Reasons,
            SuggestedSettings = ReportText.Hashtable(usage.SuggestedSettings),
        },
        Diagnosis = report.Diagnosis is not { } diagnosis ? null : new
        {
            Cause = diagnosis.Cause.ToString(),
            diagnosis.Summary,
            diagnosis.Remedy,
            Evidence = diagnosis.Evidence.Select(evidence => evidence.ToString()),
            diagnosis.IsTransient,
        },
        Metrics = MeasuredCurve.Of(report).Select(curve => new
        {
            curve.Type,
            curve.Unit,
            curve.Asked,
            curve.Minimum,
            curve.Mean,
            curve.Maximum,
            Points = curve.Points.Select(point => new { point.Time, point.Value }),
        }),
        Inputs = report.Inputs.Select(Artifact),
        Outputs = report.Run.Outputs.Values.Select(Artifact),
        Settings = report.Settings.GroupBy(setting => setting.Path).ToDictionary(setting => setting.Key, setting => setting.First().Value),
        Log = report.Log.Select(line => new { line.Time, line.Stream, line.Replica, line.Attempt, line.Text }),
        report.Gaps,
    };

    private static object Artifact(Artifact artifact) =>
        new { artifact.Name, artifact.FileName, artifact.Size, artifact.Digest, artifact.MediaType };
}
