using System.Globalization;

namespace RunAi;

/// <summary>What one metric of a workload, a pod or a GPU was over time, as a line of text and in three numbers.</summary>
public sealed class MetricSeries
{
    /// <summary>The workload's UUID.</summary>
    public string WorkloadId { get; internal set; } = "";

    /// <summary>The pod's UUID, when it is the pod that was measured.</summary>
    public string? PodId { get; internal set; }

    /// <summary>The GPU device of the pod, when it was one device.</summary>
    public string? Gpu { get; internal set; }

    /// <summary>What was measured, as the API calls it.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The first moment that was looked at.</summary>
    public DateTimeOffset Start { get; internal set; }

    /// <summary>The last moment that was looked at.</summary>
    public DateTimeOffset End { get; internal set; }

    /// <summary>The lowest number, as people read it.</summary>
    public string Minimum { get; internal set; } = "";

    /// <summary>The mean.</summary>
    public string Mean { get; internal set; } = "";

    /// <summary>The highest number.</summary>
    public string Maximum { get; internal set; } = "";

    /// <summary>The numbers over time; the highest column is the maximum, or 100 percent. Blank where nothing was measured.</summary>
    public string Sparkline { get; internal set; } = "";

    /// <summary>The metric and its line.</summary>
    /// <returns>For example <c>GPU_UTILIZATION ▁▅█▇ 0% 64% 98%</c>.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1} {2} {3} {4}", Type, Sparkline, Minimum, Mean, Maximum);

    /// <summary>
    /// The series of numbers that were read, one for each metric of each workload, pod and GPU, in the order they come in.
    /// </summary>
    /// <param name="metrics">The numbers. All series of one workload share a span of time, so that their columns stand below each
    /// other.</param>
    /// <param name="width">The columns of a line.</param>
    /// <param name="isAscii">True to draw with characters that every console has.</param>
    internal static IEnumerable<MetricSeries> Of(IReadOnlyCollection<WorkloadMetric> metrics, int width, bool isAscii) =>
        from workload in metrics.GroupBy(metric => metric.WorkloadId)
        let start = workload.Min(metric => metric.Time)
        let end = workload.Max(metric => metric.Time)
        from series in workload.GroupBy(metric => (metric.PodId, metric.Gpu, metric.Type, metric.Unit))
        let most = series.Max(metric => metric.Value)
        let top = series.Key.Unit == "%" ? Math.Max(100, most) : most
        select new MetricSeries
        {
            WorkloadId = workload.Key,
            PodId = series.Key.PodId,
            Gpu = series.Key.Gpu,
            Type = series.Key.Type,
            Start = start,
            End = end,
            Minimum = Text(series.Min(metric => metric.Value), series.Key.Unit),
            Mean = Text(series.Average(metric => metric.Value), series.Key.Unit),
            Maximum = Text(most, series.Key.Unit),
            Sparkline = Measuring.Sparkline.Draw(series.Select(metric => (metric.Time, metric.Value)), start, end, top, width, isAscii),
        };

    /// <summary>The lines of several series below each other.</summary>
    internal static string Table(IReadOnlyList<MetricSeries> series)
    {
        if (series.Count == 0)
        {
            return "";
        }

        var (name, line) = (series.Max(item => item.Type.Length), series.Max(item => item.Sparkline.Length));
        return string.Join("\n", series.Select(item =>
            $"{item.Type.PadRight(name)} {item.Sparkline.PadRight(line)} {item.Minimum} / {item.Mean} / {item.Maximum}"));
    }

    private static string Text(double value, string unit) => new WorkloadMetric { Value = value, Unit = unit }.Text;
}
