using Microsoft.Extensions.Time.Testing;
using RunAi.Content;

namespace RunAi.Tests.Content;

public sealed class StallTimerTests
{
    private readonly LateTime _time = new();

    [Fact]
    public void Time_RunsOut_UnlessSomethingMoves()
    {
        using var stall = new StallTimer(_time, TimeSpan.FromSeconds(10), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(9));
        stall.Moved();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(stall.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(stall.Token.IsCancellationRequested);
    }

    [Fact]
    public void Timer_ThatCallsBackWhenTheAttemptHasEnded_ChangesNothing()
    {
        var stall = new StallTimer(_time, TimeSpan.FromSeconds(10), CancellationToken.None);
        var token = stall.Token;
        stall.Dispose();

        // A timer's call may be under way while it is disposed.
        _time.CallBack();

        Assert.False(token.IsCancellationRequested);
    }

    private sealed class LateTime : FakeTimeProvider
    {
        private Action? _call;

        public void CallBack() => _call!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _call = () => callback(state);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
