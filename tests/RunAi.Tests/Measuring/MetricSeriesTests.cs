namespace RunAi.Tests.Measuring;

public class MetricSeriesTests
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Percentages_AreDrawnAgainstAHundred_WithTheirMinimumMeanAndMaximum()
    {
        var series = Assert.Single(MetricSeries.Of(Values("GPU_UTILIZATION", "%", 0, 50, 100, 25), 4, isAscii: false));

        Assert.Equal("▁▅█▃", series.Sparkline);
        Assert.Equal(("0%", "43.75%", "100%"), (series.Minimum, series.Mean, series.Maximum));
    }

    [Fact]
    public void OtherNumbers_AreDrawnAgainstTheirMaximum_InAsciiToo()
    {
        var series = Assert.Single(MetricSeries.Of(Values("CPU_MEMORY_USAGE_BYTES", "bytes", 0, 4e9, 2e9), 3, isAscii: true));

        Assert.Equal("_#=", series.Sparkline);
        Assert.Equal("4.00 GB", series.Maximum);
    }

    [Fact]
    public void TimeInWhichNothingWasMeasured_IsBlank()
    {
        var metrics = Values("GPU_UTILIZATION", "%", 100, 100).ToList();
        metrics[1].Time = Begin.AddMinutes(10);

        Assert.Equal("█  █", Assert.Single(MetricSeries.Of(metrics, 4, isAscii: false)).Sparkline);
    }

    [Fact]
    public void SeriesOfOneWorkload_ShareASpanOfTime()
    {
        WorkloadMetric[] metrics = [.. Values("GPU_UTILIZATION", "%", 100, 100, 100, 100), .. Values("CPU_USAGE_CORES", "cores", 2, 2)];

        Assert.Equal(["████", "██"], MetricSeries.Of(metrics, 4, isAscii: false).Select(series => series.Sparkline));
    }

    [Fact]
    public void ManyValues_AreMeansOfColumns() =>
        Assert.Equal("▅", Assert.Single(MetricSeries.Of(Values("GPU_UTILIZATION", "%", 0, 100, 0, 100), 1, isAscii: false)).Sparkline);

    [Fact]
    public void NothingMeasured_IsNoSeries() => Assert.Empty(MetricSeries.Of([], 10, isAscii: false));

    private static WorkloadMetric[] Values(string type, string unit, params double[] values) =>
        [.. values.Select((value, minute) =>
            new WorkloadMetric { WorkloadId = "w", Type = type, Unit = unit, Value = value, Time = Begin.AddMinutes(minute) })];
}
