namespace RunAi.Watching;

/// <summary>
/// A sign that a workload has most likely ended, such as its step runner's result in the store. It ends the pause between two polls.
/// </summary>
internal sealed class EndHint
{
    private TaskCompletionSource<bool> _next = NewSign();
    private int _count;

    /// <summary>How many signs there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends with the next sign.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Gives a sign.</summary>
    public void Give()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _next, NewSign()).TrySetResult(true);
    }

    private static TaskCompletionSource<bool> NewSign() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
