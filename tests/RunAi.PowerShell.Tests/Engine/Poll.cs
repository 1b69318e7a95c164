namespace RunAi.PowerShell.Tests.Engine;

/// <summary>Waits for what another process or thread brings about, looking now and then so that it has the processor meanwhile.</summary>
internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until something is so.</summary>
    /// <param name="isSo">Looks.</param>
    /// <param name="limit">How long to look; 1 minute unless given.</param>
    /// <returns>False when the limit is over and it is not so.</returns>
    public static bool Until(Func<bool> isSo, TimeSpan? limit = null)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var pause = new ManualResetEventSlim();
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > (limit ?? TimeSpan.FromMinutes(1)))
            {
                return false;
            }

            pause.Wait(Pause);
        }

        return true;
    }
}
