using System.Collections;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>A run that is tried again while machines die, wait beside each other, or lose control plane and store.</summary>
public sealed class RunAttemptFaultTests : RetriedRun
{
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
        var due = Clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        Assert.Equal((StepRunState.Failed, due), (found.State, found.NextAttemptAt));
        var (ended, failure) = await FollowAsync(second, found, Preempted, Preempted);

        Assert.Equal((3, 2), (ended.Attempt, ended.EarlierAttempts.Count(earlierAttempt => earlierAttempt.RetriedFor == "Preempted")));
        Assert.NotNull(failure);
        Assert.Equal(TimeSpan.FromSeconds(20), Clock.Waits[0]);
        Assert.Equal(3, Plane.Created.Count);
    }

    [Fact]
    public async Task ManyWaiters_MakeOneAttempt_AndAllFollowIt()
    {
        using var submitting = new RunClient(Plane, Store, TimeProvider.System);
        var run = await SubmitAsync(submitting, new Hashtable { ["Preempted"] = 1, ["Backoff"] = 0.01, ["MaxBackoff"] = 0.02 });
        var followed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var client = new RunClient(Plane, Store, TimeProvider.System);
            var own = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
            return await client.Attempts().FollowAsync(
                own, (attempt, ct) => EndAsync(client, attempt, attempt.Attempt == 1 ? Preempted : null, ct), default);
        })));

        Assert.Equal(2, Plane.Created.Count);
        Assert.All(followed, item => Assert.Equal(
            (2, Plane.IdOf(run.WorkloadName + "-2"), (RunAiException?)null), (item.Run.Attempt, item.Run.WorkloadId, item.Failure)));
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
                await Record.ExceptionAsync(() => clock.DriveAsync(
                    dying.Attempts().FollowAsync(run, Ends(dying, Preempted, null), default)));
            }

            if (death.Where is not null)
            {
                deaths.Add(death.Where);
            }

            plane.MissedLooks = plane.Looks + missedLooks;
            using var next = new RunClient(plane, store, clock, Enum.Parse<OwnerState>(known));
            var found = (await next.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
            var (ended, failure) = await clock.DriveAsync(next.Attempts().FollowAsync(
                found, (attempt, ct) => EndAsync(next, attempt, attempt.Attempt == 1 ? Preempted : null, ct), default));

            Assert.True(plane.Created.Count == 2, $"{plane.Created.Count} workloads after a death {death.Where}");
            Assert.Equal(["", "-2"], plane.Created.Select(json => ((string)json["name"]!)[run.WorkloadName.Length..]));
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
        Plane.IsAway = true;
        var following = client.Attempts().FollowAsync(run, Ends(client, Preempted, null), default);
        var back = Clock.GetUtcNow() + TimeSpan.FromHours(2);
        var driving = Clock.DriveAsync(following);
        while (Clock.GetUtcNow() < back)
        {
            await Task.Yield();
        }

        var entries = Store.Objects.Keys.Count(key => key.EndsWith(".json", StringComparison.Ordinal) && key.Split('/').Length == 3);
        Plane.IsAway = false;
        var (ended, failure) = await driving;

        Assert.Equal((2, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(2, Plane.Created.Count);
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
        var away = Clock.GetUtcNow() + TimeSpan.FromMinutes(30);
        var following = client.Attempts().FollowAsync(
            run,
            async (attempt, ct) =>
            {
                var failure = await EndAsync(client, attempt, attempt.Attempt == 1 ? Preempted : null, ct);
                client.Store.Before = _ => Assert.True(
                    Clock.GetUtcNow() >= away ? true : throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store"));
                return failure;
            },
            default);

        var (ended, failed) = await Clock.DriveAsync(following);

        Assert.Equal((due ? 2 : 1, due), (ended.Attempt, failed is null));
        Assert.Equal(due, Clock.GetUtcNow() >= away);
    }

    [Fact]
    public async Task EndThatCouldNotBeRecorded_IsRecordedLater_AndTheRunGoesOn()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var refused = 0;
        client.Store.Before = call =>
        {
            if (call.StartsWith("create ", StringComparison.Ordinal) && call.EndsWith("/0002.json", StringComparison.Ordinal)
                && refused++ < 3)
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store");
            }
        };
        var (ended, failure) = await FollowAsync(client, run, Preempted, null);

        Assert.Equal((2, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(
            ("Preempted", DiagnosisCause.Preempted), (Assert.Single(ended.EarlierAttempts).RetriedFor, ended.EarlierAttempts[0].Cause));
        Assert.Contains("failed", ended.EarlierAttempts[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, Plane.Created.Count);
    }
}
