using RunAi.ControlPlane.Wire;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

public class PollStateTests
{
    private readonly PollState _state = new();

    [Fact]
    public async Task NewsFor_SubscriberWithAResultToTake_HasEnded()
    {
        var inbox = _state.Subscribe([new WatchRequest("a")], "https://test");
        var before = _state.NewsFor(inbox);
        Assert.False(before.IsCompleted);

        _state.Finish(_state.Begin(), DateTimeOffset.UnixEpoch, null);

        await before;
        Assert.True(_state.NewsFor(inbox).IsCompleted);
        Assert.NotNull(_state.TakeReady(inbox));
        Assert.False(_state.NewsFor(inbox).IsCompleted);
    }

    [Fact]
    public void TakeReady_PollThatBeganBeforeTheSubscription_IsNotForIt()
    {
        var poll = _state.Begin();
        var inbox = _state.Subscribe([new WatchRequest("a")], "https://test");

        _state.Finish(poll, DateTimeOffset.UnixEpoch, null);

        Assert.Null(_state.TakeReady(inbox));
    }

    [Fact]
    public void TakeReady_PollThatFailed_ThrowsOnceForEach()
    {
        PollInbox[] inboxes =
        [
            _state.Subscribe([new WatchRequest("a")], "https://test"),
            _state.Subscribe([new WatchRequest("a")], "https://test"),
        ];

        _state.Finish(_state.Begin(), null, new RunAiApiException(ErrorIds.ApiError, "no"));

        Assert.All(inboxes, inbox => Assert.Throws<RunAiApiException>(() => _state.TakeReady(inbox)));
        Assert.All(inboxes, inbox => Assert.Null(_state.TakeReady(inbox)));
    }

    [Fact]
    public void Apply_FromManyThreadsWhileSubscribersComeAndGo_LosesNoSubscription()
    {
        var stays = _state.Subscribe([new WatchRequest("a")], "https://test");
        Parallel.For(0, 200, number =>
        {
            var inbox = _state.Subscribe([new WatchRequest("a"), new WatchRequest($"b{number}")], "https://test");
            var poll = _state.Begin();
            _state.Apply(new WorkloadRecord { Id = "a", Name = "a", Phase = "Running" }, poll);
            _state.RequestRefresh(inbox, ["a"]);
            _state.UnsubscribeAll(inbox);
        });

        var last = _state.Begin();
        _state.Apply(new WorkloadRecord { Id = "a", Name = "a", Phase = "Completed" }, last);
        _state.Finish(last, DateTimeOffset.UnixEpoch, null);

        Assert.Equal(["a"], _state.Ids());
        Assert.Equal("Completed", Assert.Single(_state.TakeReady(stays)!.Found).Phase);
    }
}
