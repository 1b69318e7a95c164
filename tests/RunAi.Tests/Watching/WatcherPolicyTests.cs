using RunAi.Watching;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

public class WatcherPolicyTests
{
    private readonly WatchBench _bench = new();

    [Fact]
    public async Task Failed_NoPolicy_IsLeftAsItIs()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 10, "Failed");

        await _bench.WatchAsync(Request());

        Assert.Equal(WatchOutcomeKind.Failed, _bench.Outcome.Kind);
        Assert.False(_bench.Outcome.IsDeleted);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Failed_DeleteOnFailure_IsDeleted()
    {
        _bench.Source.Then("a", 0, "Failed");

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(["delete a @ 0"], _bench.Source.Calls);
        Assert.Equal(WatchOutcomeKind.Failed, _bench.Outcome.Kind);
        Assert.True(_bench.Outcome.IsDeleted);
        Assert.Null(_bench.Outcome.Problem);
    }

    [Fact]
    public async Task Completed_DeleteOnFailure_IsKept()
    {
        _bench.Source.Then("a", 0, "Completed");

        await _bench.WatchAsync(Request(workload: 0.001, delete: true));

        Assert.Empty(_bench.Source.Calls);
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task TimedOut_DeleteOnFailure_IsStoppedThenDeleted()
    {
        _bench.Source.Then("a", 0, "Running");

        await _bench.WatchAsync(Request(workload: 10, delete: true));

        Assert.Equal(["stop a @ 10", "delete a @ 10"], _bench.Source.Calls);
        Assert.True(_bench.Outcome is { IsStopped: true, IsDeleted: true, Problem: null });
    }

    [Fact]
    public async Task TimedOut_StopFailsAtFirst_IsTriedAgainAfterAnotherLook()
    {
        _bench.Source.Then("a", 0, "Running").CallTrouble = (_, at) => at < 12 ? new HttpRequestException("reset") : null;

        await _bench.WatchAsync(Request(workload: 10));

        Assert.Equal(["stop a @ 10", "stop a @ 11", "stop a @ 12.5"], _bench.Source.Calls);
        Assert.True(_bench.Outcome is { Kind: WatchOutcomeKind.TimedOut, IsStopped: true, Problem: null });
    }

    [Fact]
    public async Task TimedOut_StopFailsForGood_TellsWhatRemains()
    {
        _bench.Source.Then("a", 0, "Running").CallTrouble =
            (what, _) => new RunAiApiException(ErrorIds.PermissionDenied, $"May not {what}.");

        await _bench.WatchAsync(Request(workload: 10));

        Assert.Equal(5, _bench.Source.Calls.Count);
        Assert.True(_bench.Outcome is { Kind: WatchOutcomeKind.TimedOut, IsStopped: false, IsDeleted: false, Problem: "May not stop" });
    }

    [Fact]
    public async Task TimedOut_DeleteFailsForGood_IsStoppedOnceAndTellsWhatRemains()
    {
        _bench.Source.Then("a", 0, "Running").CallTrouble = (what, _) => what == "delete" ? new IOException("refused") : null;

        await _bench.WatchAsync(Request(workload: 10, delete: true));

        Assert.Single(_bench.Source.Calls, call => call.StartsWith("stop", StringComparison.Ordinal));
        Assert.Equal(5, _bench.Source.Calls.Count(call => call.StartsWith("delete", StringComparison.Ordinal)));
        Assert.True(_bench.Outcome is { IsStopped: true, IsDeleted: false, Problem: "refused" });
    }

    [Fact]
    public async Task TimedOut_StopAnswerLostButDone_IsNotStoppedAgain()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 10.5, "Stopped").CallTrouble = (_, _) => new IOException("reset");

        await _bench.WatchAsync(Request(workload: 10));

        Assert.Equal(["stop a @ 10"], _bench.Source.Calls);
        Assert.True(_bench.Outcome is { Kind: WatchOutcomeKind.TimedOut, IsStopped: true, Problem: null });
    }

    [Fact]
    public async Task TimedOut_DeleteAnswerLostButDone_IsNotDeletedAgain()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 10.5, null).CallTrouble =
            (what, _) => what == "delete" ? new IOException("reset") : null;

        await _bench.WatchAsync(Request(workload: 10, delete: true));

        Assert.Equal(["stop a @ 10", "delete a @ 10"], _bench.Source.Calls);
        Assert.True(_bench.Outcome is { Kind: WatchOutcomeKind.TimedOut, IsDeleted: true, Problem: null });
    }

    [Fact]
    public async Task TimedOut_CompletesWhileTheStopFails_IsItsCompletion()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 10.5, "Completed").CallTrouble = (_, _) => new IOException("reset");

        await _bench.WatchAsync(Request(workload: 10, delete: true));

        Assert.Equal(["stop a @ 10", "delete a @ 10"], _bench.Source.Calls);
        Assert.True(_bench.Outcome is { Kind: WatchOutcomeKind.Completed, Problem: null, Limit: null });
    }

    [Fact]
    public async Task TimedOut_EndedDuringAnOutage_IsNotStopped()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 80, "Completed");
        _bench.Source.LookTrouble = at => at is > 50 and < 100 ? new IOException("down") : null;

        await _bench.WatchAsync(Request(workload: 60, delete: true));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task TimedOut_NotFoundAtThatLook_IsNotStoppedUnseen()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 59, null).Then("a", 60.5, "Running");

        await _bench.WatchAsync(Request(workload: 60));

        Assert.Contains(60, _bench.Source.Looks);
        Assert.Equal(["stop a @ 90"], _bench.Source.Calls);
    }

    [Fact]
    public async Task PendingTimedOut_RunsWhileTheStopFails_IsLeftToRun()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 10.5, "Running").Then("a", 500, "Completed");
        _bench.Source.CallTrouble = (_, _) => new IOException("reset");

        await _bench.WatchAsync(Request(pending: 10));

        Assert.Equal(["stop a @ 10"], _bench.Source.Calls);
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task Failed_ResumedWhileTheDeletionFails_IsLeftToRun()
    {
        _bench.Source.Then("a", 0, "Failed").Then("a", 0.5, "Running").Then("a", 500, "Completed");
        _bench.Source.CallTrouble = (_, _) => new IOException("reset");

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(["delete a @ 0"], _bench.Source.Calls);
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task PutDowns_OneThatFails_DoesNotHoldUpTheOthers()
    {
        _bench.Source.Then("a", 0, "Running").Then("b", 0, "Running").Then("c", 0, "Running").Then("c", 10, "Completed");
        _bench.Source.CallTrouble = (_, _) => _bench.Source.Calls[^1].StartsWith("stop a", StringComparison.Ordinal)
            ? new IOException("refused")
            : null;

        await _bench.WatchAsync(Request("a", workload: 10), Request("b", workload: 10), Request("c"));

        Assert.Equal(["c", "b", "a"], _bench.Ended.Select(ended => ended.Outcome.Workload.WorkloadId));
        Assert.Equal("refused", _bench.Ended[2].Outcome.Problem);
    }

    [Fact]
    public async Task PutDown_Cancelled_EndsAsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        _bench.Source.Then("a", 0, "Running").CallTrouble = (_, _) =>
        {
            cancel.Cancel();
            return new IOException("aborted");
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.WatchAsync(new WatchOptions(), cancel.Token, Request(workload: 10)));

        Assert.Empty(_bench.Ended);
    }
}
