using Microsoft.Extensions.Time.Testing;

namespace RunAi.Tests;

public class DelaysTests
{
    [Fact]
    public async Task Delay_BeforeItsTime_IsNotOver()
    {
        var time = new FakeTimeProvider();
        var wait = time.DelayAsync(TimeSpan.FromSeconds(10), default);

        time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(wait.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
    }

    [Fact]
    public async Task Delay_Cancelled_ThrowsWithTheCallersToken()
    {
        using var cancel = new CancellationTokenSource();
        var wait = new FakeTimeProvider().DelayAsync(TimeSpan.FromDays(1), cancel.Token);

        await cancel.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(cancel.Token, thrown.CancellationToken);
    }

    [Fact]
    public async Task Delay_LongerThanATimerTakes_IsShortenedToWhatItTakes()
    {
        var time = new JumpingTime();

        await time.DelayAsync(TimeSpan.MaxValue, default);

        Assert.Equal(TimeSpan.FromMilliseconds(uint.MaxValue - 1), Assert.Single(time.Waits));
    }

    [Fact]
    public async Task DelayUntil_HappensBefore_IsOverAtOnce()
    {
        var happening = new TaskCompletionSource();
        var wait = new FakeTimeProvider().DelayUntilAsync(TimeSpan.FromDays(1), happening.Task, default);
        Assert.False(wait.IsCompleted);

        happening.SetResult();

        Assert.True(await wait);
    }

    [Fact]
    public async Task DelayUntil_TimePasses_SaysThatItDidNotHappen()
    {
        var time = new FakeTimeProvider();
        var wait = time.DelayUntilAsync(TimeSpan.FromSeconds(10), new TaskCompletionSource().Task, default);

        time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(await wait);
    }

    [Fact]
    public async Task DelayUntil_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var wait = new FakeTimeProvider().DelayUntilAsync(TimeSpan.FromDays(1), new TaskCompletionSource().Task, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
