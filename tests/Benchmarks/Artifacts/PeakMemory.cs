namespace RunAi.Benchmarks.Artifacts;

/// <summary>Watches what memory the process takes above what it had at the beginning.</summary>
internal sealed class PeakMemory
{
    private readonly CancellationTokenSource _stop = new();
    private readonly long _idle;
    private readonly Task _watch;
    private long _peak;

    public PeakMemory()
    {
        GC.Collect();
        _idle = _peak = Environment.WorkingSet;
        _watch = WatchAsync();
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>The most bytes above idle.</returns>
    public long Stop()
    {
        _stop.Cancel();
        _watch.Wait();
        _stop.Dispose();
        return _peak - _idle;
    }

    private async Task WatchAsync()
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await looks.WaitForNextTickAsync(_stop.Token))
            {
                _peak = Math.Max(_peak, Environment.WorkingSet);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
