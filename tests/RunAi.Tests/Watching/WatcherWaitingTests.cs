using RunAi.Watching;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

public class WatcherWaitingTests
{
    private readonly WatchBench _bench = new();

    [Fact]
    public async Task Watch_Nothing_LooksAtNothing()
    {
        await _bench.WatchAsync();

        Assert.Empty(_bench.Source.Looks);
    }

    [Fact]
    public async Task Watch_NoChange_LooksAreEverFurtherApartUpToTheInterval()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 300, "Completed");

        await _bench.WatchAsync(Request());

        Assert.Equal([0, 1, 2.5, 4.75, 8.125, 13.1875, 20.78125], _bench.Source.Looks.Take(7).Select(at => Math.Round(at, 5)));
        Assert.Equal(TimeSpan.FromSeconds(30), _bench.Time.Waits.Max());
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Equal("name-a", _bench.Outcome.Workload.Name);
        Assert.InRange(_bench.Ended[0].At, 300, 330);
    }

    [Fact]
    public async Task Watch_PhaseChanges_TheNextLookIsSoon()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 500, "Running").Then("a", 900, "Completed");

        await _bench.WatchAsync(Request());

        var seen = _bench.Source.Looks.FindIndex(at => at >= 500);
        Assert.Equal(1, _bench.Source.Looks[seen + 1] - _bench.Source.Looks[seen], 6);
        Assert.Equal(1.5, _bench.Source.Looks[seen + 2] - _bench.Source.Looks[seen + 1], 6);
    }

    [Fact]
    public async Task Watch_IntervalBelowASecond_IsKept()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 2, "Completed");

        await _bench.WatchAsync(new WatchOptions { MonitoringInterval = TimeSpan.FromSeconds(0.25) }, default, Request());

        Assert.All(_bench.Time.Waits, wait => Assert.Equal(TimeSpan.FromSeconds(0.25), wait));
        Assert.Equal(2, _bench.Ended[0].At);
    }

    [Fact]
    public async Task Watch_IntervalOfZero_IsRefusedBeforeAnyLook()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _bench.WatchAsync(
            new WatchOptions { MonitoringInterval = TimeSpan.Zero }, default, Request()));

        Assert.Empty(_bench.Source.Looks);
    }

    [Fact]
    public async Task Watch_ManyEndingInAnotherOrder_TellsEachOnceAsItEnds()
    {
        var ids = Enumerable.Range(0, 60).Select(i => "w" + i).ToArray();
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            _bench.Source.Then(id, 0, "Running").Then(id, 10_000 - (50 * i), i % 3 == 0 ? "Failed" : "Completed");
        }

        await _bench.WatchAsync(ids.Select(id => Request(id)).ToArray());

        Assert.Equal(ids.Reverse(), _bench.Ended.Select(ended => ended.Outcome.Workload.WorkloadId));
        Assert.All(_bench.Ended, ended => Assert.Equal(
            int.Parse(ended.Outcome.Workload.WorkloadId[1..]) % 3 == 0 ? WatchOutcomeKind.Failed : WatchOutcomeKind.Completed,
            ended.Outcome.Kind));
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_SameWorkloadTwice_IsWaitedForOnce()
    {
        _bench.Source.Then("a", 0, "Completed");

        await _bench.WatchAsync(Request("a"), Request("A"));

        Assert.Single(_bench.Ended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unknown")]
    [InlineData("Hibernating")]
    [InlineData("Stopping")]
    [InlineData("Terminating")]
    [InlineData("Deleting")]
    public async Task Watch_PhaseThatSaysNothing_IsWaitedThrough(string phase)
    {
        _bench.Source.Then("a", 0, phase).Then("a", 5_000, "Running").Then("a", 5_100, phase).Then("a", 9_000, "Completed");

        await _bench.WatchAsync(Request());

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Equal(0, _bench.Outcome.Preemptions);
    }

    [Fact]
    public async Task Watch_BackToWaiting_CountsAPreemptionEachTimeAndGoesOn()
    {
        _bench.Source
            .Then("a", 0, "Pending").Then("a", 10, "Running").Then("a", 100, "Pending")
            .Then("a", 200, "Initializing").Then("a", 210, "Running").Then("a", 300, "Terminating")
            .Then("a", 310, "Pending").Then("a", 400, "Degraded").Then("a", 500, "Completed");

        await _bench.WatchAsync(Request());

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Equal(2, _bench.Outcome.Preemptions);
        Assert.Equal(2, _bench.Log.Warnings.Count(line => line.Contains("name-a was preempted")));
    }

    [Fact]
    public async Task Watch_SuspendedAndResumed_IsNoPreemption()
    {
        _bench.Source
            .Then("a", 0, "Running").Then("a", 50, "Stopping").Then("a", 60, "Stopped").Then("a", 100, "Resuming")
            .Then("a", 130, "Pending").Then("a", 160, "Running").Then("a", 200, "Completed");

        await _bench.WatchAsync(new WatchOptions { WhileStopped = true }, default, Request());

        Assert.Equal(0, _bench.Outcome.Preemptions);
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task Watch_Stopped_EndsTheWait()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 50, "Stopped");

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(WatchOutcomeKind.Stopped, _bench.Outcome.Kind);
        Assert.True(_bench.Outcome.IsStopped);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_Cancelled_EndsAndTouchesNothing()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Source.Then("a", 0, "Running");
        _bench.Time.OnWait = count => (count == 5 ? cancel : null)?.Cancel();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.WatchAsync(new WatchOptions(), cancel.Token, Request(workload: 60, delete: true)));

        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.Equal(5, _bench.Source.Looks.Count);
        Assert.Empty(_bench.Ended);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_CancelledInALookThatFailsForIt_EndsAsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Source.Then("a", 0, "Running").LookTrouble = at =>
        {
            if (at > 10)
            {
                cancel.Cancel();
            }

            return at > 10 ? new IOException("The request was aborted.") : null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.WatchAsync(new WatchOptions(), cancel.Token, Request()));

        Assert.Empty(_bench.Log.Warnings);
    }

    [Fact]
    public async Task Watch_Progress_ShowsWhatIsKnown()
    {
        _bench.Source.Skew = TimeSpan.FromDays(-2);
        _bench.Source
            .Then("a", 0, "Pending", workload =>
            {
                workload.GpuRequested = 0.5;
                workload.GpuAllocated = 0;
                workload.PendingReasons = ["pool-1: no free GPU", "pool-2: over quota"];
                workload.PhaseMessage = "waiting";
            })
            .Then("a", 10, "Running", workload =>
            {
                workload.GpuRequested = 1;
                workload.GpuAllocated = 0.5;
                workload.NodePool = "pool-2";
                workload.PendingTime = TimeSpan.FromSeconds(10);
                workload.PhaseMessage = "all well";
            })
            .Then("a", 20, "Completed");
        _bench.Source.LookTrouble = at => at is > 4 and < 5 ? new IOException() : null;

        await _bench.WatchAsync(Request());

        var waiting = _bench.Progress[2].Only!;
        Assert.Equal(("a", "name-a", "Pending"), (waiting.WorkloadId, waiting.Name, waiting.Phase));
        Assert.Equal(0.5, waiting.Gpu);
        Assert.Equal("pool-1: no free GPU; pool-2: over quota", waiting.WhyPending);
        Assert.Equal(TimeSpan.FromSeconds(2.5), waiting.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(2.5), waiting.PendingTime);
        var inTrouble = _bench.Progress[3].Only!;
        Assert.Equal(("Pending", TimeSpan.FromSeconds(4.75)), (inTrouble.Phase, inTrouble.Elapsed));
        var running = _bench.Progress[^2].Only!;
        Assert.Equal(("Running", "pool-2", 0.5, null), (running.Phase, running.NodePool, running.Gpu, running.WhyPending));
        Assert.Equal(TimeSpan.FromSeconds(10), running.PendingTime);
        Assert.Equal(0, _bench.Progress[^1].Count);
        Assert.Empty(_bench.Progress[^1].Phases);
    }

    [Fact]
    public async Task Watch_Many_CountsTheirPhasesAndShowsTheLastOneInDetail()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 2, "Completed");
        _bench.Source.Then("b", 0, "Pending").Then("b", 2, "Running").Then("b", 9, "Failed");

        await _bench.WatchAsync(Request("a"), Request("b"));

        Assert.Equal(new Dictionary<string, int> { ["Running"] = 1, ["Pending"] = 1 }, _bench.Progress[0].Phases);
        Assert.Null(_bench.Progress[0].Only);
        Assert.Equal("b", Assert.Single(_bench.Progress[0].Waiting).WorkloadId);
        Assert.Equal(new Dictionary<string, int> { ["Running"] = 1 }, _bench.Progress[2].Phases);
        Assert.Empty(_bench.Progress[2].Waiting);
        Assert.Equal("b", _bench.Progress[2].Only!.WorkloadId);
    }

    [Fact]
    public async Task Watch_ManyEndingBetweenTwoLooks_TellsThemInTheOrderOfTheirEnds()
    {
        foreach (var (id, end) in new[] { ("a", 900.4), ("b", 900.2), ("c", 900.3) })
        {
            _bench.Source.Then(id, 0, "Running").Then(id, end, "Completed");
        }

        await _bench.WatchAsync(Request("a"), Request("b"), Request("c"));

        Assert.Equal(["b", "c", "a"], _bench.Ended.Select(ended => ended.Outcome.Workload.WorkloadId));
    }
}
