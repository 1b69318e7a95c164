namespace RunAi;

/// <summary>How long to pause between tries: a first time, then longer each time, up to a longest.</summary>
/// <param name="First">The first pause, and the shortest.</param>
/// <param name="Longest">The longest pause.</param>
/// <param name="Factor">How many times as long as the one before it a pause is.</param>
internal readonly record struct GrowingPause(TimeSpan First, TimeSpan Longest, double Factor = 2)
{
    /// <summary>The pause that follows another.</summary>
    /// <param name="pause">The pause before it; zero before the first.</param>
    public TimeSpan After(TimeSpan pause)
    {
        var ticks = pause < First ? First.Ticks : pause.Ticks * Factor;
        return ticks < Longest.Ticks ? TimeSpan.FromTicks((long)ticks) : Longest;
    }

    /// <summary>The pause of a number.</summary>
    /// <param name="number">The number, from 1.</param>
    public TimeSpan OfNumber(int number)
    {
        var pause = After(TimeSpan.Zero);
        for (var i = 1; i < number && pause < Longest; i++)
        {
            pause = After(pause);
        }

        return pause;
    }
}
