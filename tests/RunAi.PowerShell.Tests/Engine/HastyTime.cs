namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// A clock that tells the time truly and cuts short waits to a twentieth: pauses between two polls or two tries. Longer waits are limits,
/// which hold as they are.
/// </summary>
internal sealed class HastyTime : TimeProvider
{
    private const int Haste = 20;

    /// <summary>Waits below this are cut.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Cut(dueTime), Cut(period));

    private TimeSpan Cut(TimeSpan wait) => wait < Limit && wait > TimeSpan.Zero ? wait / Haste : wait;
}
