using RunAi.Measuring;

namespace RunAi.Reports;

/// <summary>One metric of a run over time, for a curve.</summary>
/// <param name="Title">What it is called in a report.</param>
/// <param name="Type">What was measured, as the API calls it.</param>
/// <param name="Unit">The unit of its values.</param>
/// <param name="Points">Times and values in their order.</param>
/// <param name="Asked">What was asked for, in the same unit; null when that is not known or has no meaning.</param>
internal sealed record MeasuredCurve(
    string Title, string Type, string Unit, IReadOnlyList<(DateTimeOffset Time, double Value)> Points, double? Asked)
{
    public double Minimum => Points.Min(point => point.Value);

    public double Mean => Points.Average(point => point.Value);

    public double Maximum => Points.Max(point => point.Value);

    /// <summary>The value at the upper edge of its picture.</summary>
    public double Top => Math.Max(Unit == "%" ? 100 : 0, Math.Max(Maximum, Asked ?? 0)) is > 0 and var top ? top : 1;

    /// <summary>The curves of a run: GPU, GPU memory, CPU and memory, as far as they were measured.</summary>
    public static IReadOnlyList<MeasuredCurve> Of(RunReport report)
    {
        (string Title, string Type, double? Asked)[] wanted =
        [
            ("GPU use", MetricTypes.GpuUtilization, null),
            ("GPU memory", MetricTypes.GpuMemory, report.Usage?.GpuMemoryRequested),
            ("CPU", MetricTypes.Cpu, report.Usage?.CpuRequested),
            ("Memory", MetricTypes.Memory, report.Usage?.MemoryRequested),
        ];
        return [.. from curve in wanted
                   let points = report.Metrics.Where(metric => metric.Type == curve.Type).OrderBy(metric => metric.Time)
                       .Select(metric => (metric.Time, metric.Value)).ToArray()
                   where points.Length > 0
                   select new MeasuredCurve(curve.Title, curve.Type, MetricTypes.UnitOf(curve.Type), points, curve.Asked)];
    }

    /// <summary>The points in stretches without a gap: where nothing was measured for long there is no line.</summary>
    public IEnumerable<IReadOnlyList<(DateTimeOffset Time, double Value)>> Stretches()
    {
        var pauses = Points.Zip(Points.Skip(1), (first, next) => (next.Time - first.Time).Ticks).OrderBy(ticks => ticks).ToArray();
        var longest = pauses.Length == 0 ? long.MaxValue : Math.Max(1, pauses[pauses.Length / 2]) * 4;
        List<(DateTimeOffset Time, double Value)> stretch = [];
        foreach (var point in Points)
        {
            if (stretch.Count > 0 && (point.Time - stretch[stretch.Count - 1].Time).Ticks > longest)
            {
                yield return stretch;
                stretch = [];
            }

            stretch.Add(point);
        }

        yield return stretch;
    }
}
