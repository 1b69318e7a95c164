using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Tests.ControlPlane;
using RunAi.Watching;

namespace RunAi.Tests.Runs.Attending;

/// <summary>
/// A run is followed from its workload's first poll to the end of its last attempt, by a clock that stands still otherwise.
/// </summary>
public sealed class RunFollowerTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly MemoryStore _store = new();
    private readonly WorkloadPlane _plane;
    private readonly RunClient _client;
    private readonly RecordingObserver _observer = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private Action<string>? _onRequest;

    public RunFollowerTests()
    {
        _plane = new WorkloadPlane { Clock = _clock };
        _client = new RunClient(_plane, _store, _clock, step: Note);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Run_IsWaitedForWithItsLog_AndRecordedAtItsEnd()
    {
        var run = await _client.SubmitAsync();
        Log(1, "epoch 1");
        OnPoll(run, 3, () => End(run, 1, RunOutcome.Succeeded, "Completed"));

        var (ended, failure) = await FollowAsync(run, Follower());

        Assert.Null(failure);
        Assert.Equal((StepRunState.Succeeded, 0), (ended.State, ended.ExitCode));
        Assert.Equal(["epoch 1"], _observer.Lines);
        Assert.Equal((1, 0), (_observer.Waits.First().Count, _observer.Waits.Last().Count));
        Assert.Equal(StepRunState.Succeeded, (await _client.Journal.LastAsync(run.RunId, default))!.State);
    }

    [Fact]
    public async Task AttemptThatFails_IsFollowedByTheNext_WithTheLogOfThatAlone()
    {
        var run = await _client.SubmitAsync(change: step => step.Retry = new Hashtable { ["UserCode"] = 1, ["Backoff"] = 10 });
        Log(1, "first");
        OnPoll(run, 2, () => End(run, 1, RunOutcome.Failed, "Failed"));
        _onRequest += request =>
        {
            if (request == "after POST /api/v1/workloads/trainings")
            {
                Log(2, "second");
                _store.Objects[RunKeys.Result(run.RunId, 2)] = Result(run, 2, RunOutcome.Succeeded);
                _plane.End((string)_plane.Created[1]["name"]!, "Completed");
            }
        };

        var (ended, failure) = await FollowAsync(run, Follower());

        Assert.Null(failure);
        Assert.Equal((2, StepRunState.Succeeded), (ended.Attempt, ended.State));
        Assert.Equal(["first", "second"], _observer.Lines);
        Assert.Equal(2, _plane.Created.Count);
        var earlier = ended.EarlierAttempts[0];
        Assert.True(ended.SubmittedAt >= earlier.EndedAt + earlier.RetryDelay);
    }

    [Fact]
    public async Task WithoutObserver_TheLogIsNotRead()
    {
        var run = await _client.SubmitAsync();
        Log(1, "unread");
        End(run, 1, RunOutcome.Succeeded, "Completed");

        var (ended, _) = await FollowAsync(run, new RunFollower(_client.Context, _client.Store));

        Assert.Equal(StepRunState.Succeeded, ended.State);
        Assert.DoesNotContain(_client.Store.Calls, call => call.Contains("/log/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Onlooker_LeavesTheWorkloadAlone_WhateverThePolicySays(bool isOnlooker, int deletions)
    {
        _client.Connection.Operator.DeleteOnFailure = true;
        var run = await _client.SubmitAsync();
        End(run, 1, RunOutcome.Failed, "Failed");
        var follower = new RunFollower(_client.Context, _client.Store) { IsOnlooker = isOnlooker };

        var failure = await _clock.DriveAsync(follower.AttendAsync(run, default));

        Assert.IsType<StepRunFailedException>(failure);
        Assert.Equal(deletions, _requests.Count(request => request.StartsWith("before DELETE ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SuspendedWorkload_EndsTheWait_UnlessItIsWaitedThrough()
    {
        var run = await _client.SubmitAsync();
        _plane.End(run.WorkloadName, "Stopped");
        var result = await _clock.DriveAsync(new RunFollower(_client.Context, null).WaitAsync(run, default));
        Assert.Equal(WatchOutcomeKind.Stopped, result.Outcome.Kind);

        OnPoll(run, 3, () => _plane.End(run.WorkloadName, "Completed"));
        result = await _clock.DriveAsync(new RunFollower(_client.Context, null) { WhileStopped = true }.WaitAsync(run, default));
        Assert.Equal(WatchOutcomeKind.Completed, result.Outcome.Kind);
    }

    [Fact]
    public async Task Cancelled_LeavesTheWorkload_AndKnowsItsName()
    {
        var run = await _client.SubmitAsync();
        var follower = Follower();
        using var over = new CancellationTokenSource();
        OnPoll(run, 2, () =>
        {
            // The first poll is recorded beside the wait.
            Assert.True(SpinWait.SpinUntil(() => StateOf(run) == StepRunState.Running, TimeSpan.FromSeconds(30)));
            over.Cancel();
        });
        Assert.Null(follower.WorkloadName);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _clock.DriveAsync(follower.FollowAsync(run, over.Token)));

        Assert.Equal((run.WorkloadName, run.WorkloadId), (follower.WorkloadName, follower.WorkloadId));
        Assert.DoesNotContain(_requests, request => request.Contains("suspend", StringComparison.Ordinal)
            || request.Contains("DELETE", StringComparison.Ordinal));
        Assert.Equal(StepRunState.Running, (await _client.Journal.LastAsync(run.RunId, default))!.State);
    }

    [Fact]
    public async Task Running_IsRecordedWhileTheRunIsWaitedFor()
    {
        var run = await _client.SubmitAsync();
        StepRunState? recorded = null;
        OnPoll(run, 4, () =>
        {
            SpinWait.SpinUntil(() => StateOf(run) == StepRunState.Running, TimeSpan.FromSeconds(30));
            recorded = StateOf(run);
            End(run, 1, RunOutcome.Succeeded, "Completed");
        });

        await FollowAsync(run, Follower());

        Assert.Equal(StepRunState.Running, recorded);
        Assert.Equal(StepRunState.Succeeded, (await _client.Journal.LastAsync(run.RunId, default))!.State);
        Assert.Same(run, Assert.Single(_observer.Ended));
    }

    [Fact]
    public async Task Limits_AreThoseGiven()
    {
        var run = await _client.SubmitAsync();
        TimeLimits? asked = null;
        End(run, 1, RunOutcome.Succeeded, "Completed");
        var follower = new RunFollower(_client.Context, _client.Store)
        {
            Limits = attempt => asked = RunLimits.Of(attempt, TimeSpan.FromSeconds(1), null, null),
        };

        await FollowAsync(run, follower);

        Assert.Equal(TimeSpan.FromSeconds(1), asked!.Pending);
    }

    private StepRunState StateOf(StepRun run) => _client.Journal.LastAsync(run.RunId, default).Result!.State;

    private RunFollower Follower() => new(_client.Context, _client.Store, _observer);

    private Task<(StepRun Run, RunAiException? Failure)> FollowAsync(StepRun run, RunFollower follower) =>
        _clock.DriveAsync(follower.FollowAsync(run, default));

    private void Log(int attempt, string text) => _store.Objects[RunKeys.LogSegment(RunClient.RunIdOfKey, attempt, 0, null)] =
        Encoding.UTF8.GetBytes($"2030-01-01T00:00:00Z stdout F {text}\n");

    private void End(StepRun run, int attempt, string outcome, string phase)
    {
        _store.Objects[RunKeys.Result(run.RunId, attempt)] = Result(run, attempt, outcome);
        _plane.End(run.WorkloadName, phase);
    }

    private static byte[] Result(StepRun run, int attempt, string outcome) => StoredJson.Bytes(
        new RunResult { RunId = run.RunId, Attempt = attempt, Outcome = outcome, ExitCode = outcome == RunOutcome.Succeeded ? 0 : 1 });

    /// <summary>Does something before a poll of the run's workload is answered.</summary>
    private void OnPoll(StepRun run, int number, Action action)
    {
        var polls = 0;
        _onRequest += request =>
        {
            if (request == $"before GET /api/v1/workloads/{run.WorkloadId}" && Interlocked.Increment(ref polls) == number)
            {
                action();
            }
        };
    }

    private void Note(string request)
    {
        _requests.Enqueue(request);
        _onRequest?.Invoke(request);
    }
}
