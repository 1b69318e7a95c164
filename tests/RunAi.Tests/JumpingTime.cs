using Microsoft.Extensions.Time.Testing;

namespace RunAi.Tests;

/// <summary>A clock that jumps to the end of every wait as soon as the wait begins, and remembers the waits.</summary>
internal sealed class JumpingTime : FakeTimeProvider
{
    public JumpingTime()
        : base(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Called before each jump, with the number of waits so far.</summary>
    public Action<int>? OnWait { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Add(dueTime);
        OnWait?.Invoke(Waits.Count);
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Advance(dueTime);
        return timer;
    }
}
