namespace RunAi.Watching;

/// <summary>The time between two looks: a second at first and after every change, half as much more after each that shows none.</summary>
internal sealed class PollInterval
{
    private const double Stretch = 1.5;
    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private TimeSpan _next;

    public PollInterval(TimeSpan longest)
    {
        if (longest <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(longest), longest, "The time between two looks must be above zero.");
        }

        _longest = longest;
        _shortest = longest < TimeSpan.FromSeconds(1) ? longest : TimeSpan.FromSeconds(1);
        _next = _shortest;
    }

    public void Shorten() => _next = _shortest;

    /// <summary>How long to wait now; the next wait is longer unless it is shortened.</summary>
    public TimeSpan Next()
    {
        var now = _next;
        var longer = TimeSpan.FromTicks((long)Math.Min(now.Ticks * Stretch, _longest.Ticks));
        _next = longer < _longest ? longer : _longest;
        return now;
    }
}
