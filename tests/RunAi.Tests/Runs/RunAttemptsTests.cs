using System.Collections;
using System.Text;
using RunAi.ControlPlane;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>A run that is tried again: for which cause, how often, when, by whom, and each time with one workload.</summary>
public sealed class RunAttemptsTests
{
    private const string Preempted = "Evict";
    private const string NodeLost = "NodeLost";
    private const string UserCode = "BackoffLimitExceeded";

    private static readonly Hashtable Policy = new() { ["Preempted"] = 2, ["Infrastructure"] = 1, ["Backoff"] = 10 };

    private readonly TestClock _clock = new();
    private readonly WorkloadPlane _plane;
    private readonly MemoryStore _store = new();

    public RunAttemptsTests() => _plane = new WorkloadPlane { Clock = _clock };

    [Fact]
    public async Task PreemptedAndLost_GetAWorkloadOfTheirOwnEach_UntilOneSucceeds()
    {
        using var client = Client();
        var (run, failure) = await FollowAsync(client, await SubmitAsync(client), Preempted, NodeLost, null);

        Assert.Null(failure);
        Assert.Equal((3, StepRunState.Succeeded, _plane.IdOf(run.WorkloadName)), (run.Attempt, run.State, run.WorkloadId));
        Assert.Equal(["", "-2", "-3"], _plane.Created.Select(one => ((string)one["name"]!)["runai-train-........".Length..]));
        Assert.Equal(["1: Failed (Preempted)", "2: Failed (NodeLost)"], run.EarlierAttempts.Select(one => one.ToString()));
        Assert.Equal(["Preempted", "Infrastructure"], run.EarlierAttempts.Select(one => one.RetriedFor));
        Assert.Equal([_plane.IdOf(run.EarlierAttempts[0].WorkloadName), _plane.IdOf(run.EarlierAttempts[1].WorkloadName)], run.EarlierAttempts.Select(one => one.WorkloadId));
        Assert.Equal([20, 35], run.EarlierAttempts.Select(one => one.RetryDelay!.Value.TotalSeconds));
        Assert.Contains(TimeSpan.FromSeconds(20), _clock.Waits);
        Assert.Contains("Preempted: retry 1 of 2 for Preempted. Attempt 2 follows in 00:00:20.", client.Log.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("NodeLost: retry 1 of 1 for Infrastructure. Attempt 3 follows in 00:00:35.", client.Log.Warnings[1], StringComparison.Ordinal);
        var last = (await client.Journal.LastAsync(run.RunId, default))!;
        Assert.Equal((StepRunState.Succeeded, 3, 2), (last.State, last.Attempt, last.EarlierAttempts.Length));
    }

    [Fact]
    public async Task EachAttempt_HasItsOwnSignedManifest_AndTheSameRequestOtherwise()
    {
        using var client = Client();
        await FollowAsync(client, await SubmitAsync(client), Preempted, null);

        Assert.Equal(2, client.Store.Calls.Count(call => call.StartsWith("sign ", StringComparison.Ordinal)));
        var manifest = WireJson.Map<Manifest>(WireJson.Read(new MemoryStream(_store.Objects[RunKeys.Manifest(RunClient.RunIdOfKey, 2)])));
        Assert.Equal((2, "train"), (manifest.Attempt, Assert.Single(manifest.Command)));
        Assert.Contains("/attempts/2/result.json?", manifest.Result.Put, StringComparison.Ordinal);
        var (first, second) = (_plane.Created[0].DeepClone(), _plane.Created[1].DeepClone());
        Assert.Contains("/attempts/2/manifest.json?", second["spec"]!["environmentVariables"]![0]!["value"]!.ToString(), StringComparison.Ordinal);
        second["name"] = first["name"];
        second["spec"]!["environmentVariables"] = first["spec"]!["environmentVariables"];
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public async Task Recipe_HoldsNoSignature_AndIsKeptOnlyWithAPolicy()
    {
        using var client = Client();
        await SubmitAsync(client);
        Assert.DoesNotContain(MemoryStore.Signature, Encoding.UTF8.GetString(_store.Objects[RunKeys.Recipe(RunClient.RunIdOfKey, 1)]), StringComparison.Ordinal);

        var without = new MemoryStore();
        using var other = new RunClient(_plane, without, _clock);
        await other.SubmitAsync();
        Assert.DoesNotContain(without.Objects.Keys, key => key.EndsWith("recipe.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailureOfTheStepItself_IsNotTriedAgain_UnlessAskedFor()
    {
        using var client = Client();
        var (run, failure) = await FollowAsync(client, await SubmitAsync(client), UserCode);

        Assert.Equal((ErrorIds.WorkloadFailed, 1, StepRunState.Failed), (failure!.ErrorId, run.Attempt, run.State));
        Assert.Single(_plane.Created);
        Assert.Contains("It is not tried again. No retry is set for UserCode.", Assert.Single(client.Log.Warnings), StringComparison.Ordinal);

        using var asked = new RunClient(_plane, new MemoryStore(), _clock);
        _plane.Delete(run.WorkloadName);
        var (again, none) = await FollowAsync(asked, await SubmitAsync(asked, new Hashtable { ["UserCode"] = 1 }), UserCode, null);
        Assert.Equal((2, (RunAiException?)null), (again.Attempt, none));
    }

    [Fact]
    public async Task UsedUp_EndsWithTheLastFailure()
    {
        using var client = Client();
        var (run, failure) = await FollowAsync(client, await SubmitAsync(client), NodeLost, NodeLost);

        Assert.Equal((2, DiagnosisCause.NodeLost), (run.Attempt, ((WorkloadFailedException)failure!).Diagnosis!.Cause));
        Assert.Contains("All 1 retries for Infrastructure are used up.", client.Log.Warnings[^1], StringComparison.Ordinal);
        Assert.Equal(2, _plane.Created.Count);
    }

    [Fact]
    public async Task WithoutAPolicy_NothingIsSaidOrDone()
    {
        using var client = Client();
        var (_, failure) = await FollowAsync(client, await client.SubmitAsync(), NodeLost);

        Assert.NotNull(failure);
        Assert.Empty(client.Log.Warnings);
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task AnotherMachine_GoesOnWhereTheFirstWasEnded_AndKeepsTheWaitThatWasDrawn()
    {
        using var first = Client();
        using var stopped = new CancellationTokenSource();
        var run = await SubmitAsync(first);
        var attempts = first.Attempts();
        var following = attempts.FollowAsync(run, Ends(first, Preempted), stopped.Token);
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Null(attempts.WorkloadName);

        using var second = Client(OwnerState.Unknown);
        var found = (await second.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        var due = _clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        Assert.Equal((StepRunState.Failed, due), (found.State, found.NextAttemptAt));
        var (ended, failure) = await FollowAsync(second, found, Preempted, Preempted);

        Assert.Equal((3, 2), (ended.Attempt, ended.EarlierAttempts.Count(one => one.RetriedFor == "Preempted")));
        Assert.NotNull(failure);
        Assert.Equal(TimeSpan.FromSeconds(20), _clock.Waits[0]);
        Assert.Equal(3, _plane.Created.Count);
    }

    [Fact]
    public async Task ManyWaiters_MakeOneAttempt_AndAllFollowIt()
    {
        using var submitting = new RunClient(_plane, _store, TimeProvider.System);
        var run = await SubmitAsync(submitting, new Hashtable { ["Preempted"] = 1, ["Backoff"] = 0.01, ["MaxBackoff"] = 0.02 });
        var followed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var client = new RunClient(_plane, _store, TimeProvider.System);
            var own = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
            return await client.Attempts().FollowAsync(own, (one, ct) => EndAsync(client, one, one.Attempt == 1 ? Preempted : null, ct), default);
        })));

        Assert.Equal(2, _plane.Created.Count);
        Assert.All(followed, one => Assert.Equal((2, _plane.IdOf(run.WorkloadName + "-2"), (RunAiException?)null), (one.Run.Attempt, one.Run.WorkloadId, one.Failure)));
    }

    [Theory]
    [InlineData(nameof(OwnerState.Gone), 0)]
    [InlineData(nameof(OwnerState.Gone), 2)]
    [InlineData(nameof(OwnerState.Unknown), 0)]
    public async Task DeathAtEachStep_LeavesOneWorkloadForEachAttempt(string known, int missedLooks)
    {
        var deaths = new List<string>();
        for (var at = 1; ; at++)
        {
            var clock = new TestClock();
            var (plane, store) = (new WorkloadPlane(), new MemoryStore());
            using var before = new RunClient(plane, store, clock);
            var run = await SubmitAsync(before);
            var death = new ProcessDeath(at);
            using (var dying = new RunClient(plane, store, clock, OwnerState.Unknown, death.Step))
            {
                await Record.ExceptionAsync(() => clock.DriveAsync(dying.Attempts().FollowAsync(run, Ends(dying, Preempted, null), default)));
            }

            if (death.Where is not null)
            {
                deaths.Add(death.Where);
            }

            plane.MissedLooks = plane.Looks + missedLooks;
            using var next = new RunClient(plane, store, clock, Enum.Parse<OwnerState>(known));
            var found = (await next.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
            var (ended, failure) = await clock.DriveAsync(next.Attempts().FollowAsync(
                found, (one, ct) => EndAsync(next, one, one.Attempt == 1 ? Preempted : null, ct), default));

            Assert.True(plane.Created.Count == 2, $"{plane.Created.Count} workloads after a death {death.Where}");
            Assert.Equal(["", "-2"], plane.Created.Select(one => ((string)one["name"]!)[run.WorkloadName.Length..]));
            Assert.Equal((2, plane.IdOf(run.WorkloadName + "-2"), (RunAiException?)null), (ended.Attempt, ended.WorkloadId, failure));
            if (death.Where is null)
            {
                break;
            }
        }

        var id = RunClient.RunIdOfKey;
        string[] entries = [.. Enumerable.Range(2, 3).Select(entry => $"create {RunKeys.Record(id, entry)}")];
        foreach (var where in entries.Append($"write {RunKeys.Recipe(id, 2)}").Append($"write {RunKeys.Manifest(id, 2)}"))
        {
            Assert.Contains("before " + where, deaths);
            Assert.Contains("after " + where, deaths);
        }

        Assert.Contains("before POST /api/v1/workloads/trainings", deaths);
        Assert.Contains("after POST /api/v1/workloads/trainings", deaths);
    }

    [Fact]
    public async Task ControlPlaneThatIsAway_OnlyLengthensTheWait()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        _plane.IsAway = true;
        var following = client.Attempts().FollowAsync(run, Ends(client, Preempted, null), default);
        var back = _clock.GetUtcNow() + TimeSpan.FromHours(2);
        var driving = _clock.DriveAsync(following);
        while (_clock.GetUtcNow() < back)
        {
            await Task.Yield();
        }

        var entries = _store.Objects.Keys.Count(key => key.EndsWith(".json", StringComparison.Ordinal) && key.Split('/').Length == 3);
        _plane.IsAway = false;
        var (ended, failure) = await driving;

        Assert.Equal((2, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(2, _plane.Created.Count);
        Assert.Equal(3, entries);
        Assert.Single(client.Log.Warnings, line => line.Contains("cannot be made now; it is tried again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoreThatIsAwayAtTheEnd_KeepsNobodyWaiting_UnlessARetryIsDue(bool due)
    {
        using var client = Client();
        var run = due ? await SubmitAsync(client) : await client.SubmitAsync();
        var away = _clock.GetUtcNow() + TimeSpan.FromMinutes(30);
        var following = client.Attempts().FollowAsync(
            run,
            async (one, ct) =>
            {
                var failure = await EndAsync(client, one, one.Attempt == 1 ? Preempted : null, ct);
                client.Store.Before = _ => Assert.True(_clock.GetUtcNow() >= away ? true : throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store"));
                return failure;
            },
            default);

        var (ended, failed) = await _clock.DriveAsync(following);

        Assert.Equal((due ? 2 : 1, due), (ended.Attempt, failed is null));
        Assert.Equal(due, _clock.GetUtcNow() >= away);
    }

    [Fact]
    public async Task EndThatCouldNotBeRecorded_IsRecordedLater_AndTheRunGoesOn()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var refused = 0;
        client.Store.Before = call =>
        {
            if (call.StartsWith("create ", StringComparison.Ordinal) && call.EndsWith("/0002.json", StringComparison.Ordinal) && refused++ < 3)
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store");
            }
        };
        var (ended, failure) = await FollowAsync(client, run, Preempted, null);

        Assert.Equal((2, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(("Preempted", DiagnosisCause.Preempted), (Assert.Single(ended.EarlierAttempts).RetriedFor, ended.EarlierAttempts[0].Cause));
        Assert.Contains("failed", ended.EarlierAttempts[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, _plane.Created.Count);
    }

    [Theory]
    [InlineData("Window", 25, true)]
    [InlineData("Window", 15, false)]
    [InlineData("Deadline", 25, true)]
    [InlineData("Deadline", 20, false)]
    public async Task AfterWindowOrDeadline_NoAttemptBegins(string limit, int seconds, bool begins)
    {
        using var client = Client();
        var policy = new Hashtable(Policy);
        var deadline = limit == "Deadline" ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (deadline is null)
        {
            policy[limit] = seconds;
        }

        var run = await client.SubmitAsync(change: step =>
        {
            step.Retry = policy;
            step.Settings = new StepSettings { Deadline = deadline };
        });
        var (ended, failure) = await FollowAsync(client, run, Preempted, null);

        Assert.Equal((begins ? 2 : 1, begins), (ended.Attempt, failure is null));
        Assert.Equal(begins ? 2 : 1, _plane.Created.Count);
        Assert.Equal(deadline, ended.Deadline);
    }

    [Fact]
    public async Task DueAttempt_IsNotMade_WhenItsTimeIsOver()
    {
        using var client = Client();
        var run = await SubmitAsync(client, new Hashtable { ["Preempted"] = 1, ["Window"] = 60 });
        await EndAsync(client, run, Preempted, default);
        _clock.Advance(TimeSpan.FromHours(1));

        var found = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        var (_, failure) = await FollowAsync(client, found);

        Assert.NotNull(failure);
        Assert.Single(_plane.Created);
        Assert.Contains("gets no further attempt. The window of 60 seconds", client.Log.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_IsGivenToTheContainerOfEachAttempt_FromTheFirstSubmissionOn()
    {
        using var client = Client();
        var began = _clock.GetUtcNow();
        var run = await client.SubmitAsync(change: step =>
        {
            step.Retry = Policy;
            step.Settings = new StepSettings { Deadline = TimeSpan.FromHours(3), WorkloadTimeout = TimeSpan.FromHours(5) };
        });
        var (ended, _) = await FollowAsync(client, run, Preempted, null);

        Assert.True(_clock.GetUtcNow() > began);
        foreach (var attempt in new[] { 1, 2 })
        {
            var manifest = WireJson.Map<Manifest>(WireJson.Read(new MemoryStream(_store.Objects[RunKeys.Manifest(run.RunId, attempt)])));
            Assert.InRange(manifest.Deadline!.Value, began + TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1), began + TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1));
        }

        var limits = RunLimits.Of(ended);
        Assert.Equal((TimeSpan.FromHours(3), began), (limits.Deadline, limits.FirstCreated));
    }

    [Fact]
    public async Task Force_CountsAnew_AndKeepsTheHistory()
    {
        using var client = Client();
        var (run, _) = await FollowAsync(client, await SubmitAsync(client), NodeLost, NodeLost);
        _plane.End(run.WorkloadName, "Failed");

        var forced = await client.SubmitAsync(force: true, change: step => step.Retry = Policy);
        var (ended, failure) = await FollowAsync(client, forced, NodeLost, null);

        Assert.Equal((4, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(["Infrastructure", null, "Infrastructure"], ended.EarlierAttempts.Select(one => one.RetriedFor));
        Assert.Equal(ended.EarlierAttempts[2].SubmittedAt, ended.FirstSubmittedAt);
    }

    [Fact]
    public async Task NewsOfAnEarlierAttempt_ChangesNothing()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var slow = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        await FollowAsync(client, run, Preempted, null);

        var conclusion = new RunConclusion(_store, client.Journal, client.Log);
        await conclusion.ConcludeAsync(slow, Endings.Deleted(slow), default);

        Assert.True(slow.GoesOn);
        Assert.Equal((2, StepRunState.Succeeded), ((await client.Journal.LastAsync(run.RunId, default))!.Attempt, (await client.Journal.LastAsync(run.RunId, default))!.State));
    }

    [Fact]
    public async Task WorkloadDeletedAfterItsFailureWasRecorded_StaysDue()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var other = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        await EndAsync(client, run, Preempted, default);

        var conclusion = new RunConclusion(_store, client.Journal, client.Log);
        await conclusion.ConcludeAsync(other, Endings.Deleted(other), default);

        Assert.True(other.GoesOn);
        Assert.Equal(run.NextAttemptAt, other.NextAttemptAt);
        Assert.Equal(StepRunState.Failed, (await client.Journal.LastAsync(run.RunId, default))!.State);
    }

    [Fact]
    public async Task RunThatWasRemoved_GetsNoAttempt()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var (_, failure) = await _clock.DriveAsync(client.Attempts().FollowAsync(
            run,
            async (one, ct) =>
            {
                var failed = await EndAsync(client, one, Preempted, ct);
                _store.Objects.Clear();
                return failed;
            },
            default));

        Assert.NotNull(failure);
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task WrongPolicy_IsRefusedWithEverythingElse_BeforeAnythingIsSent()
    {
        using var client = Client();
        var refused = await Assert.ThrowsAsync<StepSettingsException>(() => client.SubmitAsync("", change: step => step.Retry = new Hashtable { ["Preemted"] = 1 }));

        Assert.Equal(["Command", "Retry.Preemted"], refused.Violations.Select(one => one.Field));
        Assert.Empty(_store.Calls);
    }

    private RunClient Client(OwnerState? others = null) => new(_plane, _store, _clock, others);

    private static Task<StepRun> SubmitAsync(RunClient client, Hashtable? policy = null) => client.SubmitAsync(change: step => step.Retry = policy ?? Policy);

    /// <summary>Follows a run whose attempts end for these reasons; null is a success.</summary>
    private Task<(StepRun Run, RunAiException? Failure)> FollowAsync(RunClient client, StepRun run, params string?[] reasons) =>
        _clock.DriveAsync(client.Attempts().FollowAsync(run, Ends(client, reasons), default));

    private static Func<StepRun, CancellationToken, Task<RunAiException?>> Ends(RunClient client, params string?[] reasons)
    {
        var queue = new Queue<string?>(reasons);
        return (run, ct) => EndAsync(client, run, queue.Dequeue(), ct);
    }

    private static async Task<RunAiException?> EndAsync(RunClient client, StepRun run, string? reason, CancellationToken ct)
    {
        if (reason is null)
        {
            var result = new RunResult { RunId = run.RunId, Attempt = run.Attempt, Outcome = RunOutcome.Succeeded, ExitCode = 0 };
            client.Store.Objects[RunKeys.Result(run.RunId, run.Attempt)] = StoredJson.Bytes(result);
        }

        var ending = reason is null ? Endings.Completed(run) : Endings.FailedFor(run, reason, client.Connection.Client.Session.ServerTime);
        return await new RunConclusion(client.Store, client.Journal, client.Log, () => 0.5).ConcludeAsync(run, ending, ct);
    }
}
