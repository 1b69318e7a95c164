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
}
