using Microsoft.Extensions.Time.Testing;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>Many waiters, one look.</summary>
public class WorkloadPollerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedProject _project;
    private readonly WorkloadPoller _hub;

    public WorkloadPollerTests()
    {
        _project = new ScriptedProject(_time);
        _project.Then("a", 0, "Running").Then("b", 0, "Running").Then("c", 0, "Running");
        _hub = new WorkloadPoller(_time);
    }

    [Fact]
    public async Task Look_OfManyAtOnce_IsOneAndEachGetsItsOwn()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b", "c");
        var answer = Hold();

        var first = subscriber.PollAsync([], default);
        var second = two.PollAsync([], default);
        answer.SetResult();

        Assert.Equal(["a"], Ids(await first));
        Assert.Equal(["b", "c"], Ids(await second));
        Assert.Single(_project.Requests);
    }

    [Fact]
    public async Task Sleep_OfAnother_EndsWithALookAndNeedsNoneOfItsOwn()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b", "c");
        await subscriber.PollAsync([], default);
        await two.PollAsync([], default);
        var sleep = two.SleepAsync(TimeSpan.FromHours(1), default);
        Assert.False(sleep.IsCompleted);

        _project.Then("b", 1, "Completed");
        _time.Advance(TimeSpan.FromSeconds(2));
        await subscriber.PollAsync([], default);
        await sleep;

        Assert.Equal(["b"], Ids(await two.PollAsync([], default)));
        Assert.Equal(2, _project.Requests.Count);
    }

    [Fact]
    public async Task Sleep_WithoutNews_EndsInTimeAndByCancellation()
    {
        using var subscriber = Follow("a");
        await subscriber.PollAsync([], default);
        var sleep = subscriber.SleepAsync(TimeSpan.FromSeconds(5), default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await sleep;

        using var stop = new CancellationTokenSource();
        var stopped = subscriber.SleepAsync(TimeSpan.FromSeconds(5), stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public async Task Look_WhoseLeaderIsCancelled_IsTakenOverByTheNext()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b", "c");
        Hold();
        using var stop = new CancellationTokenSource();
        var first = subscriber.PollAsync([], stop.Token);
        var second = two.PollAsync([], default);
        _project.OnRequest = (_, _) => Task.CompletedTask;

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(["b", "c"], Ids(await second));
    }

    [Fact]
    public async Task Look_OfAWaiterWhoGivesUp_DisturbsNobody()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b");
        var answer = Hold();
        using var stop = new CancellationTokenSource();
        var first = subscriber.PollAsync([], default);
        var second = two.PollAsync([], stop.Token);

        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        answer.SetResult();

        Assert.Equal(["a"], Ids(await first));
    }

    [Fact]
    public async Task Look_ThatTheControlPlaneFails_FailsForAllWithOneRequest()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b");
        var answer = Hold();
        var first = subscriber.PollAsync([], default);
        var second = two.PollAsync([], default);

        answer.SetException(new RunAiApiException(ErrorIds.ControlPlaneUnreachable, "reset"));

        await Assert.ThrowsAsync<RunAiApiException>(() => first);
        await Assert.ThrowsAsync<RunAiApiException>(() => second);
        Assert.Single(_project.Requests);
    }

    [Fact]
    public async Task Look_ThatFailsByTheLeadersOwnFault_IsTriedByTheNext()
    {
        using var subscriber = Follow("a");
        using var two = Follow("b");
        var answer = Hold();
        var first = subscriber.PollAsync([], default);
        var second = two.PollAsync([], default);
        _project.OnRequest = (_, _) => Task.CompletedTask;

        answer.SetException(new SecretNotFoundException("the vault is locked"));

        await Assert.ThrowsAsync<SecretNotFoundException>(() => first);
        Assert.Equal(["b"], Ids(await second));
    }

    [Fact]
    public async Task Look_ShownByALookThatFailedAndMissingFromTheNext_IsToldAsShown()
    {
        using var subscriber = Follow("a", "b");
        await subscriber.PollAsync([], default);
        using var two = Follow("c");
        _project.PageSize = 1;
        _project.Then("a", 1, "Completed");
        _time.Advance(TimeSpan.FromSeconds(2));
        _project.OnRequest = (request, _) =>
            request.EndsWith("+1", StringComparison.Ordinal) ? throw new HttpRequestException("reset") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => two.PollAsync([], default));
        _project.OnRequest = (_, _) => Task.CompletedTask;
        _project.PageSize = 500;
        _project.Garble = (_, rows) => rows.Where(row => row.Id != "a");

        var look = await two.PollAsync([], default);
        Assert.Equal(["c"], Ids(look));
        Assert.Empty(look.Deferred);
        var late = await subscriber.PollAsync([], default);
        Assert.Equal("Completed", Assert.Single(late.Found).Phase);
        Assert.Equal(["a"], late.Deferred);
    }

    [Fact]
    public async Task Look_UnderWayWhenAWaiterComes_IsNotTakenForItsOwn()
    {
        using var subscriber = Follow("a");
        var answer = Hold();
        var first = subscriber.PollAsync([], default);
        using var two = Follow("b");
        var second = two.PollAsync([], default);
        answer.SetResult();

        await first;
        Assert.Equal(["b"], Ids(await second));
    }

    [Fact]
    public async Task Follow_WhatAnotherFollowsAlready_TellsBoth()
    {
        using var subscriber = Follow("a");
        await subscriber.PollAsync([], default);
        using var two = Follow("a");

        Assert.Equal(["a"], Ids(await two.PollAsync([], default)));
        subscriber.Dispose();
        _project.Then("a", 1, "Completed");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a"], Ids(await two.PollAsync([], default)));
    }

    [Fact]
    public async Task Leave_WhatIsFollowed_TellsNothingOfItAnyMore()
    {
        using var subscriber = Follow("a", "b", "c");
        subscriber.Unsubscribe("b");

        Assert.Equal(["a", "c"], Ids(await subscriber.PollAsync([], default)));
    }

    [Fact]
    public void Hub_OfOneSessionAndProject_IsTheSameForAll()
    {
        using var fixture = new ControlPlane.ControlPlaneFixture();

        Assert.Same(WorkloadPollers.Of(fixture.Session, "vision"), WorkloadPollers.Of(fixture.Session, "vision"));
        Assert.NotSame(WorkloadPollers.Of(fixture.Session, "vision"), WorkloadPollers.Of(fixture.Session, "speech"));
    }

    private static IEnumerable<string> Ids(PollResult look) => look.Found.Select(workload => workload.WorkloadId).Order();

    private PollSubscription Follow(params string[] ids) =>
        _hub.Subscribe([.. ids.Select(id => new WatchRequest(id, "run-" + id))], _project, "https://org.run.ai");

    /// <summary>Keeps the next answers back.</summary>
    private TaskCompletionSource Hold()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _project.OnRequest = (_, token) => answer.Task.WaitAsync(token);
        return answer;
    }
}
