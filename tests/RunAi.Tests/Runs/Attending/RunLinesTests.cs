using Microsoft.Extensions.Time.Testing;
using RunAi.Runs.Attending;
using RunAi.Watching;

namespace RunAi.Tests.Runs.Attending;

/// <summary>What a log tells of a wait in which no progress bar is seen.</summary>
public sealed class RunLinesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _lines = [];
    private readonly RunLines _tell;

    public RunLinesTests() => _tell = new RunLines(_time, _lines.Add);

    [Fact]
    public void Submission_NamesRunWorkloadAndAddress()
    {
        _tell.OnSubmitted(
            new StepRun { RunId = "01JD", WorkloadName = "runai-train-x", ProjectName = "vision", Url = "https://org.run.ai/x" });

        Assert.Equal("Run 01JD: workload runai-train-x in project vision. https://org.run.ai/x", Assert.Single(_lines));
    }

    [Fact]
    public void Wait_IsToldWhenItChanges_AndWhereItRuns()
    {
        Poll(0, Progress("Pending"));
        Poll(5, Progress("Pending"));
        Poll(15, Progress("Pending") with { WhyPending = "Capacity: no room" });
        Poll(20, Progress("Running") with { NodePool = "t4", Gpu = 0.5 });
        _tell.OnWaiting(new WatchStatus(0, null, new Dictionary<string, int>()));

        Assert.Equal(
            [
                "runai-train-x waits (Pending), 00:00:07 after its submission.",
                "runai-train-x waits (Pending), 00:00:07 after its submission. Capacity: no room",
                "runai-train-x is Running in node pool t4 with 0.5 GPU, 00:00:07 after its submission.",
            ],
            _lines);
    }

    [Fact]
    public void WhatDoesNotChange_IsToldAtGrowingIntervals()
    {
        List<int> minutes = [];
        for (var second = 0; second < 4 * 3600; second += 10)
        {
            var before = _lines.Count;
            _tell.OnWaiting(Status(Progress("Pending")));
            if (_lines.Count > before)
            {
                minutes.Add(second / 60);
            }

            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([0, 1, 3, 8, 18, 33, 63, 93, 123, 153, 183, 213], minutes);
    }

    [Fact]
    public void ReasonThatChangesAllTheTime_MakesNoLineEachTime()
    {
        for (var second = 0; second < 60; second++)
        {
            _tell.OnWaiting(Status(Progress("Pending") with { WhyPending = $"{second} nodes are full" }));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_lines.Count, 5, 7);
    }

    [Fact]
    public void Many_AreCounted()
    {
        _tell.OnWaiting(new WatchStatus(40, null, new Dictionary<string, int> { ["Running"] = 38, ["Pending"] = 2 })
        {
            Waiting = [Progress("Pending") with { WhyPending = "Quota: used up" }],
        });

        Assert.Equal("40 workloads are waited for: 38 Running, 2 Pending. runai-train-x: Quota: used up", Assert.Single(_lines));
    }

    private void Poll(int second, WatchProgress progress)
    {
        _time.SetUtcNow(new DateTimeOffset(2030, 1, 1, 0, 0, second, TimeSpan.Zero));
        _tell.OnWaiting(Status(progress));
    }

    private static WatchStatus Status(WatchProgress progress) => new(1, progress, new Dictionary<string, int> { [progress.Phase] = 1 });

    private static WatchProgress Progress(string phase) =>
        new() { WorkloadId = "w", Name = "runai-train-x", Phase = phase, Elapsed = TimeSpan.FromSeconds(7.4) };
}
