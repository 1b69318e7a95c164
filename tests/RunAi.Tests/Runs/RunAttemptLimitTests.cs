using System.Collections;
using RunAi.Json;
using RunAi.RunManifest;
using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>A run is tried again within its window and its deadline only.</summary>
public sealed class RunAttemptLimitTests : RetriedRun
{
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
        Assert.Equal(begins ? 2 : 1, Plane.Created.Count);
        Assert.Equal(deadline, ended.Deadline);
    }

    [Fact]
    public async Task DueAttempt_IsNotMade_WhenItsTimeIsOver()
    {
        using var client = Client();
        var run = await SubmitAsync(client, new Hashtable { ["Preempted"] = 1, ["Window"] = 60 });
        await EndAsync(client, run, Preempted, default);
        Clock.Advance(TimeSpan.FromHours(1));

        var found = (await client.Journal.LastAsync(run.RunId, default))!.ToRun("blobs");
        var (_, failure) = await FollowAsync(client, found);

        Assert.NotNull(failure);
        Assert.Single(Plane.Created);
        Assert.Contains("gets no further attempt. The window of 60 seconds", client.Log.Warnings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_IsGivenToTheContainerOfEachAttempt_FromTheFirstSubmissionOn()
    {
        using var client = Client();
        var began = Clock.GetUtcNow();
        var run = await client.SubmitAsync(change: step =>
        {
            step.Retry = Policy;
            step.Settings = new StepSettings { Deadline = TimeSpan.FromHours(3), WorkloadTimeout = TimeSpan.FromHours(5) };
        });
        var (ended, _) = await FollowAsync(client, run, Preempted, null);

        Assert.True(Clock.GetUtcNow() > began);
        foreach (var attempt in new[] { 1, 2 })
        {
            var manifest = WireJson.Map<Manifest>(WireJson.Read(new MemoryStream(Store.Objects[RunKeys.Manifest(run.RunId, attempt)])));
            Assert.InRange(
                manifest.Deadline!.Value, began + TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1),
                began + TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1));
        }

        var limits = RunLimits.Of(ended);
        Assert.Equal((TimeSpan.FromHours(3), began), (limits.Deadline, limits.FirstCreated));
    }
}
