namespace RunAi.StepRunner.Store;

/// <summary>Ends a transfer that stands still, however long a moving one takes.</summary>
internal sealed class StallTimer : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _timeout;

    public StallTimer(TimeSpan timeout, CancellationToken ct)
    {
        _timeout = timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Restart();
    }

    public CancellationToken Token => _source.Token;

    public void Restart() => _source.CancelAfter(_timeout);

    public void Dispose() => _source.Dispose();
}
