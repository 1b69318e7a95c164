namespace RunAi;

/// <summary>Waiting by an injected clock, the same on both target frameworks.</summary>
internal static class Delays
{
    /// <summary>The longest time a timer of .NET takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>Waits by the given clock, without holding a thread.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="duration">How long; nothing is waited for zero or less.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The wait.</returns>
    public static async Task DelayAsync(this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var due = duration < Longest ? duration : Longest;
        using var timer = time.CreateTimer(_ => done.TrySetResult(true), null, due, Timeout.InfiniteTimeSpan);
        using var stop = cancellationToken.Register(() => done.TrySetCanceled(cancellationToken));
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>Waits by the given clock, and no longer once something has happened.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="atMost">How long.</param>
    /// <param name="happening">Ends when it has happened.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <returns>True when it has happened.</returns>
    public static async Task<bool> DelayUntilAsync(
        this TimeProvider time, TimeSpan atMost, Task happening, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = time.DelayAsync(atMost, over.Token);
        var first = await Task.WhenAny(happening, delay).ConfigureAwait(false);
        over.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return first != delay;
    }
}
