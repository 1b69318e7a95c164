namespace RunAi.Emulator.Time;

/// <summary>
/// What will happen and when. Everything runs under the gate, in order of its moment, driven by one timer
/// or by skipping time.
/// </summary>
internal sealed class Timeline : IDisposable
{
    private readonly EmulatorClock _clock;
    private readonly Lock _gate;
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _due = new();
    private readonly ITimer _timer;
    private long _order;
    private bool _disposed;

    public Timeline(EmulatorClock clock, Lock gate)
    {
        _clock = clock;
        _gate = gate;
        _timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Called under the gate after everything due at one moment has run.</summary>
    public Action Settle { get; set; } = () => { };

    public DateTimeOffset Now => _clock.GetUtcNow();

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(DateTimeOffset due, Action action)
    {
        _due.Enqueue(action, (due, ++_order));
        if (_due.TryPeek(out _, out var first) && first.Order == _order)
        {
            Arm();
        }
    }

    /// <summary>Runs an action that outside code caused (a request, a process that ended), then settles.</summary>
    public void Run(Action action)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            action();
            Settle();
            Arm();
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            var target = Now + by;
            while (_due.TryPeek(out _, out var next) && next.Due <= target)
            {
                _clock.SkipTo(next.Due);
                RunUntil(next.Due);
            }

            _clock.SkipTo(target);
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _due.Clear();
        }

        _timer.Dispose();
    }

    private void RunDue()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            RunUntil(Now);
            Arm();
        }
    }

    private void RunUntil(DateTimeOffset moment)
    {
        while (_due.TryPeek(out var action, out var at) && at.Due <= moment)
        {
            _due.Dequeue();
            action();
        }

        Settle();
    }

    private void Arm()
    {
        if (_disposed || !_due.TryPeek(out _, out var next))
        {
            return;
        }

        var wait = next.Due - Now;
        var atLeast = TimeSpan.FromMilliseconds(1);
        var atMost = TimeSpan.FromDays(20);
        _timer.Change(wait < atLeast ? atLeast : wait > atMost ? atMost : wait, Timeout.InfiniteTimeSpan);
    }
}
