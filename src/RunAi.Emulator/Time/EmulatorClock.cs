namespace RunAi.Emulator.Time;

/// <summary>
/// The one clock of the emulator: a time source plus the time that was skipped through the admin endpoint,
/// in whole milliseconds because that is what the wire carries.
/// </summary>
internal sealed class EmulatorClock(TimeProvider source) : TimeProvider
{
    private long _skippedTicks;

    public TimeSpan Skipped
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));
        set => Interlocked.Exchange(ref _skippedTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow()
    {
        var now = source.GetUtcNow().ToUniversalTime() + Skipped;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    public override long GetTimestamp() => source.GetTimestamp();

    public override long TimestampFrequency => source.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        source.CreateTimer(callback, state, dueTime, period);

    /// <summary>Moves the clock forward to a moment; a moment in the past changes nothing.</summary>
    public void SkipTo(DateTimeOffset moment)
    {
        var ahead = moment - GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            Skipped += ahead;
        }
    }
}
