using System.Collections;
using System.Text;
using RunAi.Json;
using RunAi.RunManifest;
using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>A run that is tried again: for which cause, how often, and each time with one workload.</summary>
public sealed class RunAttemptsTests : RetriedRun
{
    [Fact]
    public async Task PreemptedAndLost_GetAWorkloadOfTheirOwnEach_UntilOneSucceeds()
    {
        using var client = Client();
        var (run, failure) = await FollowAsync(client, await SubmitAsync(client), Preempted, NodeLost, null);

        Assert.Null(failure);
        Assert.Equal((3, StepRunState.Succeeded, Plane.IdOf(run.WorkloadName)), (run.Attempt, run.State, run.WorkloadId));
        Assert.Equal(["", "-2", "-3"], Plane.Created.Select(json => ((string)json["name"]!)["runai-train-........".Length..]));
        Assert.Equal(
            ["1: Failed (Preempted)", "2: Failed (NodeLost)"], run.EarlierAttempts.Select(earlierAttempt => earlierAttempt.ToString()));
        Assert.Equal(["Preempted", "Infrastructure"], run.EarlierAttempts.Select(earlierAttempt => earlierAttempt.RetriedFor));
        Assert.Equal(
            [Plane.IdOf(run.EarlierAttempts[0].WorkloadName), Plane.IdOf(run.EarlierAttempts[1].WorkloadName)],
            run.EarlierAttempts.Select(earlierAttempt => earlierAttempt.WorkloadId));
        Assert.Equal([20, 35], run.EarlierAttempts.Select(earlierAttempt => earlierAttempt.RetryDelay!.Value.TotalSeconds));
        Assert.Contains(TimeSpan.FromSeconds(20), Clock.Waits);
        Assert.Contains(
            "Preempted: retry 1 of 2 for Preempted. Attempt 2 follows in 00:00:20.", client.Log.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(
            "NodeLost: retry 1 of 1 for Infrastructure. Attempt 3 follows in 00:00:35.", client.Log.Warnings[1], StringComparison.Ordinal);
        var last = (await client.Journal.LastAsync(run.RunId, default))!;
        Assert.Equal((StepRunState.Succeeded, 3, 2), (last.State, last.Attempt, last.EarlierAttempts.Length));
    }

    [Fact]
    public async Task EachAttempt_HasItsOwnSignedManifest_AndTheSameRequestOtherwise()
    {
        using var client = Client();
        await FollowAsync(client, await SubmitAsync(client), Preempted, null);

        Assert.Equal(2, client.Store.Calls.Count(call => call.StartsWith("sign ", StringComparison.Ordinal)));
        var manifest = WireJson.Map<Manifest>(WireJson.Read(new MemoryStream(Store.Objects[RunKeys.Manifest(RunClient.RunIdOfKey, 2)])));
        Assert.Equal((2, "train"), (manifest.Attempt, Assert.Single(manifest.Command)));
        Assert.Contains("/attempts/2/result.json?", manifest.Result.Put, StringComparison.Ordinal);
        var (first, second) = (Plane.Created[0].DeepClone(), Plane.Created[1].DeepClone());
        Assert.Contains(
            "/attempts/2/manifest.json?", second["spec"]!["environmentVariables"]![0]!["value"]!.ToString(), StringComparison.Ordinal);
        second["name"] = first["name"];
        second["spec"]!["environmentVariables"] = first["spec"]!["environmentVariables"];
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public async Task Recipe_HoldsNoSignature_AndIsKeptOnlyWithAPolicy()
    {
        using var client = Client();
        await SubmitAsync(client);
        Assert.DoesNotContain(
            MemoryStore.Signature, Encoding.UTF8.GetString(Store.Objects[RunKeys.Recipe(RunClient.RunIdOfKey, 1)]),
            StringComparison.Ordinal);

        var without = new MemoryStore();
        using var other = new RunClient(Plane, without, Clock);
        await other.SubmitAsync();
        Assert.DoesNotContain(without.Objects.Keys, key => key.EndsWith("recipe.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailureOfTheStepItself_IsNotTriedAgain_UnlessAskedFor()
    {
        using var client = Client();
        var (run, failure) = await FollowAsync(client, await SubmitAsync(client), UserCode);

        Assert.Equal((ErrorIds.WorkloadFailed, 1, StepRunState.Failed), (failure!.ErrorId, run.Attempt, run.State));
        Assert.Single(Plane.Created);
        Assert.Contains(
            "It is not tried again. No retry is set for UserCode.", Assert.Single(client.Log.Warnings), StringComparison.Ordinal);

        using var asked = new RunClient(Plane, new MemoryStore(), Clock);
        Plane.Delete(run.WorkloadName);
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
        Assert.Equal(2, Plane.Created.Count);
    }

    [Fact]
    public async Task WithoutAPolicy_NothingIsSaidOrDone()
    {
        using var client = Client();
        var (_, failure) = await FollowAsync(client, await client.SubmitAsync(), NodeLost);

        Assert.NotNull(failure);
        Assert.Empty(client.Log.Warnings);
        Assert.Single(Plane.Created);
    }

    [Fact]
    public async Task Force_CountsAnew_AndKeepsTheHistory()
    {
        using var client = Client();
        var (run, _) = await FollowAsync(client, await SubmitAsync(client), NodeLost, NodeLost);
        Plane.End(run.WorkloadName, "Failed");

        var forced = await client.SubmitAsync(force: true, change: step => step.Retry = Policy);
        var (ended, failure) = await FollowAsync(client, forced, NodeLost, null);

        Assert.Equal((4, (RunAiException?)null), (ended.Attempt, failure));
        Assert.Equal(["Infrastructure", null, "Infrastructure"], ended.EarlierAttempts.Select(earlierAttempt => earlierAttempt.RetriedFor));
        Assert.Equal(ended.EarlierAttempts[2].SubmittedAt, ended.FirstSubmittedAt);
    }

    [Fact]
    public async Task NewsOfAnEarlierAttempt_ChangesNothing()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var slow = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        await FollowAsync(client, run, Preempted, null);

        var conclusion = new RunFinalizer(Store, client.Journal, client.Log);
        await conclusion.FinalizeAsync(slow, Endings.Deleted(slow), default);

        Assert.True(slow.HasNextAttempt);
        Assert.Equal(
            (2, StepRunState.Succeeded),
            ((await client.Journal.LastAsync(run.RunId, default))!.Attempt, (await client.Journal.LastAsync(run.RunId, default))!.State));
    }

    [Fact]
    public async Task WorkloadDeletedAfterItsFailureWasRecorded_StaysDue()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var other = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        await EndAsync(client, run, Preempted, default);

        var conclusion = new RunFinalizer(Store, client.Journal, client.Log);
        await conclusion.FinalizeAsync(other, Endings.Deleted(other), default);

        Assert.True(other.HasNextAttempt);
        Assert.Equal(run.NextAttemptAt, other.NextAttemptAt);
        Assert.Equal(StepRunState.Failed, (await client.Journal.LastAsync(run.RunId, default))!.State);
    }

    [Fact]
    public async Task RunThatWasRemoved_GetsNoAttempt()
    {
        using var client = Client();
        var run = await SubmitAsync(client);
        var (_, failure) = await Clock.DriveAsync(client.Attempts().FollowAsync(
            run,
            async (attempt, ct) =>
            {
                var failed = await EndAsync(client, attempt, Preempted, ct);
                Store.Objects.Clear();
                return failed;
            },
            default));

        Assert.NotNull(failure);
        Assert.Single(Plane.Created);
    }

    [Fact]
    public async Task WrongPolicy_IsRefusedWithEverythingElse_BeforeAnythingIsSent()
    {
        using var client = Client();
        var refused = await Assert.ThrowsAsync<StepSettingsException>(() => client.SubmitAsync(
            "", change: step => step.Retry = new Hashtable { ["Preemted"] = 1 }));

        Assert.Equal(["Command", "Retry.Preemted"], refused.Violations.Select(violation => violation.Field));
        Assert.Empty(Store.Calls);
    }
}
