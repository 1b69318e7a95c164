namespace RunAi.Watching;

/// <summary>The time between two polls: a second at first and after every change, half as much more after each that shows none.</summary>
internal sealed class PollInterval
{
    private readonly GrowingPause _pauses;
    private TimeSpan _last;

    public PollInterval(TimeSpan longest)
    {
        if (longest <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(longest), longest, "The time between two polls must be above zero.");
        }

        _pauses = new GrowingPause(TimeSpan.FromSeconds(1), longest, 1.5);
    }

    public void Shorten() => _last = TimeSpan.Zero;

    /// <summary>How long to wait now; the next wait is longer unless it is shortened.</summary>
    public TimeSpan Next() => _last = _pauses.After(_last);
}
