namespace RunAi;

/// <summary>A time after which a wait is given up, by an injected clock.</summary>
internal sealed class TimeBudget : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _over;
    private readonly ITimer? _timer;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="duration">How long; null for no end.</param>
    /// <param name="ct">Ends the wait earlier.</param>
    public TimeBudget(TimeProvider time, TimeSpan? duration, CancellationToken ct)
    {
        _over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _timer = duration is { } limit
            ? time.CreateTimer(_ => End(), null, limit > TimeSpan.Zero ? limit : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }

    /// <summary>Ends with the time, or with the token that was given.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>True once the time is over.</summary>
    public bool IsSpent { get; private set; }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _over.Dispose();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                IsSpent = true;
                _over.Cancel();
            }
        }
    }
}
