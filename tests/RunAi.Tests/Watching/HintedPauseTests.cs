using Microsoft.Extensions.Time.Testing;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>A sign that a workload has ended cuts the pause between two polls short, and keeps pauses brief for a while.</summary>
public sealed class HintedPauseTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _time = new();
    private readonly EndHint _hint = new();

    [Fact]
    public async Task Sign_EndsThePauseAtOnce()
    {
        var pause = Pause().SleepAsync(new Subscription(_time), Long, default);
        Assert.False(pause.IsCompleted);

        _hint.Give();

        await pause.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task SignBetweenTwoPauses_LeavesTheNextOneOut_AndThoseAfterItAreBrief()
    {
        var (pause, subscription) = (Pause(), new Subscription(_time));
        _hint.Give();
        await pause.SleepAsync(subscription, Long, default);

        var brief = pause.SleepAsync(subscription, Long, default);
        Assert.False(brief.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await brief.WaitAsync(TimeSpan.FromSeconds(30));

        _time.Advance(TimeSpan.FromSeconds(31));
        var whole = pause.SleepAsync(subscription, Long, default);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(whole.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        await whole.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Cancelled_Ends()
    {
        using var over = new CancellationTokenSource();
        var pause = Pause().SleepAsync(new Subscription(_time), Long, over.Token);
        over.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }

    private HintedPause Pause() => new(_hint, _time);

    private sealed class Subscription(TimeProvider time) : IWorkloadSubscription
    {
        public Task<PollResult> PollAsync(IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public void Unsubscribe(string id) => throw new NotSupportedException();

        public Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken) => time.DelayAsync(atMost, cancellationToken);

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
