using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>When GPUs count as idle.</summary>
public sealed class GpuUseWatchTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddMinutes(30);

    [Fact]
    public void SamplesBelowThePercentage_OverTheWholeSpan_AreIdleness() =>
        Assert.True(GpuUseWatch.IsIdle(Samples(0, 30, 4.9), Start, End, 5));

    [Fact]
    public void OneBusyMoment_IsNoIdleness() => Assert.False(GpuUseWatch.IsIdle([.. Samples(0, 30, 0), Sample(17, 5)], Start, End, 5));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 15)]
    [InlineData(15, 30)]
    public void WhatWasNotMeasured_IsNoIdleness(int from, int until) =>
        Assert.False(GpuUseWatch.IsIdle(Samples(from, until, 0), Start, End, 5));

    [Fact]
    public void AFewSamples_AreTooFew() => Assert.False(GpuUseWatch.IsIdle([Sample(1, 0), Sample(15, 0), Sample(29, 0)], Start, End, 5));

    [Fact]
    public void BusyTimeBeforeTheSpan_DoesNotCount() =>
        Assert.True(GpuUseWatch.IsIdle([Sample(-1, 90), .. Samples(0, 30, 0)], Start, End, 5));

    private static WorkloadMetric[] Samples(int from, int until, double value) =>
        [.. Enumerable.Range(from, until - from).Select(minute => Sample(minute, value))];

    private static WorkloadMetric Sample(int minute, double value) => new() { Time = Start.AddMinutes(minute), Value = value };
}
