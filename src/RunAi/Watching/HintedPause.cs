namespace RunAi.Watching;

/// <summary>
/// The pause between two polls. A sign that a workload has ended cuts it short, and for a while after it pauses are brief: the control
/// plane tells of an end a little after it came.
/// </summary>
internal sealed class HintedPause
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan While = TimeSpan.FromSeconds(30);

    private readonly EndHint? _hint;
    private readonly TimeProvider _time;
    private int _seen;
    private long? _since;

    /// <param name="hint">Gives the sign; null when nothing does.</param>
    /// <param name="time">The clock.</param>
    public HintedPause(EndHint? hint, TimeProvider time) => (_hint, _time) = (hint, time);

    /// <summary>Waits for a time at most, for a sign, or until another's poll brings news.</summary>
    public async Task SleepAsync(IWorkloadSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_hint is null)
        {
            await subscription.SleepAsync(atMost, cancellationToken).ConfigureAwait(false);
            return;
        }

        var next = _hint.Next;
        if (_hint.Count != _seen)
        {
            (_seen, _since) = (_hint.Count, _time.GetTimestamp());
            return;
        }

        var pause = _since is { } since && _time.GetElapsedTime(since) < While && Brief < atMost ? Brief : atMost;
        using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sleep = subscription.SleepAsync(pause, early.Token);
        if (await Task.WhenAny(sleep, next).ConfigureAwait(false) == next)
        {
            early.Cancel();
        }

        try
        {
            await sleep.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The sign came first.
            return;
        }
    }
}
