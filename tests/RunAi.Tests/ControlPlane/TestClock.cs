using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace RunAi.Tests.ControlPlane;

/// <summary>
/// A clock that stands still, tells which waits were asked for, and lets each pass at once while a task is driven.
/// </summary>
internal sealed class TestClock : FakeTimeProvider
{
    /// <summary>The length of one attempt in these tests; timers of this length only run out when a test wants it.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(99);

    /// <summary>
    /// The length of one attempt where other waits, driven meanwhile, let much time pass during a request: it does not run out.
    /// </summary>
    public static readonly TimeSpan EndlessAttempt = TimeSpan.FromDays(40);

    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public TestClock()
        : base(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The waits that were driven through, in order.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>
    /// The lengths of timers that limit what others wait for: they run out when the waits that are driven have come so far.
    /// </summary>
    public HashSet<TimeSpan> Limits { get; } = [];

    /// <summary>Called before each wait passes.</summary>
    public Action? OnDrive { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);

        // What repeats, such as the renewal of a right while a request is under way, is no wait.
        if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan && dueTime != AttemptTimeout && dueTime != EndlessAttempt
            && !Limits.Contains(dueTime))
        {
            Assert.True(_waits.Writer.TryWrite(dueTime));
        }

        return timer;
    }

    /// <summary>Lets every wait pass as soon as it is asked for, until the task ends.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        using var over = new CancellationTokenSource();
        _ = task.ContinueWith(
            _ => over.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            try
            {
                var wait = await _waits.Reader.ReadAsync(over.Token);
                Waits.Add(wait);
                OnDrive?.Invoke();
                Advance(wait);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                break;
            }
        }

        return await task;
    }

    public async Task DriveAsync(Task task) => await DriveAsync(Wrap(task));

    private static async Task<bool> Wrap(Task task)
    {
        await task;
        return true;
    }
}
