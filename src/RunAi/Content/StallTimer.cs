namespace RunAi.Content;

/// <summary>Ends an attempt that stands still: a token that is cancelled unless something moves within the time.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _patience;

    public StallTimer(TimeProvider time, TimeSpan patience, CancellationToken ct)
    {
        _patience = patience;
        _source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _timer = time.CreateTimer(static state => End((CancellationTokenSource)state!), _source, patience, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Something moved: the time starts anew.</summary>
    public void Moved() => Moved(_patience);

    /// <summary>Something moved: so much time is given for the next move.</summary>
    public void Moved(TimeSpan patience) => _timer.Change(patience, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private static void End(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in this moment: a timer that is disposed may still be calling back, and an exception there ends the
            // process.
            return;
        }
    }
}
