using RunAi.Watching;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

public class WatcherClockTests
{
    private readonly WatchBench _bench = new();

    [Theory]
    [InlineData(0)]
    [InlineData(259_200)]
    [InlineData(-259_200)]
    public async Task PendingTimeout_QueueAndImagePull_RunsOutAtItsInstantWhateverTheLocalClock(int skew)
    {
        _bench.Source.Skew = TimeSpan.FromSeconds(skew);
        _bench.Source.Then("a", 0, "").Then("a", 5, "Creating").Then("a", 20, "Pending").Then("a", 400, "Initializing");

        await _bench.WatchAsync(Request(pending: 600));

        Assert.Equal(["stop a @ 600"], _bench.Source.Calls);
        AssertRanOut("PendingTimeout", 600, 600);
    }

    [Fact]
    public async Task PendingTimeout_RunsJustBefore_DoesNotRunOutEvenAfterAPreemption()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 599.9, "Running").Then("a", 700, "Pending").Then("a", 5_000, "Running")
            .Then("a", 6_000, "Completed");

        await _bench.WatchAsync(Request(pending: 600));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task PendingTimeout_RunsButIsToldLateAsPending_IsLookedAtAgainAndNotStopped()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 590, "Running").Then("a", 5_000, "Completed");
        _bench.Source.LateBy = second => second is > 590 and < 605 ? 30 : 0;

        await _bench.WatchAsync(Request(pending: 600));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task PendingTimeout_OfWhatIsPendingStillAfterATellingThatWasLate_RunsOut()
    {
        _bench.Source.Then("a", 0, "Pending");
        _bench.Source.LateBy = second => second is > 590 and < 605 ? 30 : 0;

        await _bench.WatchAsync(Request(pending: 600));

        AssertRanOut("PendingTimeout", 600, 630);
    }

    [Fact]
    public async Task PendingTimeout_RanBeforeThisWaiterCame_DoesNotRunOut()
    {
        _bench.Source.Then("a", 0, "Pending", workload => workload.RunningTime = TimeSpan.FromSeconds(3)).Then("a", 5_000, "Completed");

        await _bench.WatchAsync(Request(pending: 600));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task PendingTimeout_ClusterUnknown_DoesNotStopWhatMayRun()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 500, "Unknown").Then("a", 1_000, "Running").Then("a", 2_000, "Completed");

        await _bench.WatchAsync(Request(pending: 600));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task WorkloadTimeout_QueueAndRun_RunsOutAtItsInstant()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 3_000, "Running");

        await _bench.WatchAsync(Request(workload: 3_600));

        Assert.Equal(["stop a @ 3600"], _bench.Source.Calls);
        AssertRanOut("WorkloadTimeout", 3_600, 3_600);
    }

    [Fact]
    public async Task WorkloadTimeout_EndsJustBefore_IsItsEnd()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 3_599.999, "Failed");

        await _bench.WatchAsync(Request(workload: 3_600));

        Assert.Equal(WatchOutcomeKind.Failed, _bench.Outcome.Kind);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task WorkloadTimeout_OnlyChangesTold_RunsOutAtItsInstantAllTheSame()
    {
        _bench.Source.OnlyChanges = true;
        _bench.Source.Then("a", 0, "Running");

        await _bench.WatchAsync(Request(workload: 3_600));

        AssertRanOut("WorkloadTimeout", 3_600, 3_600);
    }

    [Fact]
    public async Task WorkloadTimeout_NoCreationTimeTold_CountsFromTheFirstLook()
    {
        _bench.Source.Then("a", 0, "Running", item => item.CreatedAt = null);

        await _bench.WatchAsync(Request(workload: 100));

        AssertRanOut("WorkloadTimeout", 100, 100);
    }

    [Fact]
    public async Task RunTimeout_CountsRunningTurnsOnly()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 500, "Running").Then("a", 540, "Pending").Then("a", 1_000, "Running")
            .Then("a", 1_035, "Degraded");

        await _bench.WatchAsync(Request(run: 100));

        Assert.Equal(1, _bench.Outcome.Preemptions);
        AssertRanOut("RunTimeout", 100, 1_060, within: 0.1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunTimeout_ServerTellsTotals_CountsTheTurnOfNowOnce(bool turnIncluded)
    {
        _bench.Source.Then("a", 0, "Pending", workload => workload.RunningTime = TimeSpan.FromSeconds(100));
        _bench.Source.Then("a", 50, "Running", workload => workload.RunningTime =
            TimeSpan.FromSeconds(100 + (turnIncluded ? _bench.Source.Seconds - 50 : 0)));

        await _bench.WatchAsync(Request(run: 160));

        AssertRanOut("RunTimeout", 160, 110, within: 0.1);
    }

    [Fact]
    public async Task Clocks_WaiterRestarted_AreNotReset()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Source.Then("a", 0, "Pending").Then("a", 100, "Running");
        _bench.Time.OnWait = _ => (_bench.Source.Seconds > 500 ? cancel : null)?.Cancel();
        var requests = new[] { Request(run: 900) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.WatchAsync(new WatchOptions(), cancel.Token, requests));

        await _bench.WatchAsync(requests);

        AssertRanOut("RunTimeout", 900, 1_000);
    }

    [Fact]
    public async Task Clocks_RanOutBeforeThisWaiterCame_CountAtTheFirstLook()
    {
        _bench.Source.Then("a", 0, "Running", item => item.CreatedAt = _bench.Source.ServerTime(-5_000));

        await _bench.WatchAsync(Request(workload: 3_600));

        AssertRanOut("WorkloadTimeout", 3_600, 0);
        Assert.Equal(TimeSpan.FromSeconds(5_000), _bench.Outcome.Limit!.Elapsed);
    }

    [Fact]
    public async Task Clocks_TwoRanOut_TellsTheOneThatDidFirst()
    {
        _bench.Source.LookTrouble = at => at < 100 ? new IOException("down") : null;
        _bench.Source.Then("a", 0, "Pending");

        await _bench.WatchAsync(Request(pending: 20, workload: 30));

        Assert.Equal("PendingTimeout", _bench.Outcome.Limit!.Name);
    }

    [Fact]
    public async Task Clocks_ServerTimesRoundedToSeconds_AreMetWithoutAStormOfLooks()
    {
        _bench.Source.Skew = TimeSpan.FromSeconds(-0.95);
        _bench.Source.Then("a", 0, "Running", item => item.CreatedAt = _bench.Source.ServerTime(-0.04));

        await _bench.WatchAsync(Request(workload: 60.003));

        Assert.InRange(_bench.Ended[0].At, 59.9, 60.1);
        Assert.InRange(_bench.Source.Looks.Count, 5, 20);
        Assert.All(_bench.Time.Waits, wait => Assert.True(wait >= TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Clocks_WhileStopped_WorkloadTimeoutEndsTheWaitWithoutStoppingAgain()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 10, "Stopped");

        await _bench.WatchAsync(
            new WatchOptions { WhileStopped = true }, default, Request(pending: 60, workload: 120));

        AssertRanOut("WorkloadTimeout", 120, 120);
        Assert.True(_bench.Outcome.IsStopped);
        Assert.Empty(_bench.Source.Calls);
    }

    private void AssertRanOut(string clock, double limit, double at, double within = 0.001)
    {
        Assert.Equal(WatchOutcomeKind.TimedOut, _bench.Outcome.Kind);
        Assert.Equal(clock, _bench.Outcome.Limit!.Name);
        Assert.Equal(TimeSpan.FromSeconds(limit), _bench.Outcome.Limit.Limit);
        Assert.InRange(_bench.Ended[0].At, at - within, at + within);
    }

    [Fact]
    public async Task Deadline_OfALaterAttempt_CountsFromTheFirst()
    {
        _bench.Source.Then("a", 0, "Running");
        var limits = new TimeLimits { Deadline = TimeSpan.FromSeconds(1_000), FirstCreated = _bench.Source.ServerTime(-400) };

        await _bench.WatchAsync(new WatchRequest("a") { Limits = limits });

        Assert.Equal(["stop a @ 600"], _bench.Source.Calls);
        Assert.Equal(WatchOutcomeKind.TimedOut, _bench.Outcome.Kind);
        Assert.Equal(("Deadline", 1_000), (_bench.Outcome.Limit!.Name, _bench.Outcome.Limit.Elapsed.TotalSeconds));
        Assert.Contains("the step's Deadline of 00:16:40", OutcomeErrors.From(_bench.Outcome)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_OfTheFirstAttempt_CountsFromItsCreation()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 500, "Running");

        await _bench.WatchAsync(new WatchRequest("a") { Limits = new TimeLimits { Deadline = TimeSpan.FromSeconds(700) } });

        Assert.Equal(["stop a @ 700"], _bench.Source.Calls);
    }

    [Fact]
    public async Task Clock_WhenLooksTellOnlyChanges_AsksForASightBeforeItStopsAnything()
    {
        _bench.Source.OnlyChanges = true;
        _bench.Source.Then("a", 0, "Pending").Then("b", 0, "Pending").Then("b", 599.99, "Running").Then("b", 700, "Completed");

        await _bench.WatchAsync(Request("a", pending: 600), Request("b", pending: 600));

        Assert.Equal(["stop a @ 600"], _bench.Source.Calls);
    }
}
