using System.Runtime.ExceptionServices;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// The bridge between asynchronous work and the pipeline thread, which alone may write to streams, prompt, or call
/// commands of the caller's session. The work posts what it wants done there; the pipeline thread does it while it waits.
/// </summary>
internal sealed class PipelinePump
{
    private readonly PostedActions _posted = new();

    /// <summary>
    /// Has the pipeline thread do something soon. Ignored once the work is over, as a line of a straggling task is: nobody is there to
    /// read it.
    /// </summary>
    public void Post(Action action) => _posted.Add(action);

    /// <summary>Has the pipeline thread do something and hands its result to the work.</summary>
    public Task<T> CallAsync<T>(Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                result.SetResult(function());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    /// <summary>Has the pipeline thread do something; the work goes on when it is done.</summary>
    public Task CallAsync(Action action) => CallAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>
    /// Runs the work on the thread pool and serves what it posts until it ends. A failure of a posted action cancels the work,
    /// and is thrown when the work has come to its end.
    /// </summary>
    public T Run<T>(Func<CancellationToken, Task<T>> work, CancellationTokenSource stopping)
    {
        var task = Task.Run(() => work(stopping.Token), CancellationToken.None);
        _ = task.ContinueWith(
            _ => _posted.Complete(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        ExceptionDispatchInfo? failure = null;
        while (_posted.TryTake(out var action))
        {
            Do(action, stopping, ref failure);
        }

        failure?.Throw();
        return task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Serves what works post until a task has ended; other works may go on, and are served by the next call. A failure of a posted action
    /// cancels all of them.
    /// </summary>
    /// <returns>That failure; null for none.</returns>
    public ExceptionDispatchInfo? Serve(Task until, CancellationTokenSource stopping)
    {
        _ = until.ContinueWith(
            _ => Post(static () => { }),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        ExceptionDispatchInfo? failure = null;
        while (!until.IsCompleted && _posted.TryTake(out var next))
        {
            Do(next, stopping, ref failure);
        }

        while (_posted.TryTakeAtOnce(out var action))
        {
            Do(action, stopping, ref failure);
        }

        return failure;
    }

    private static void Do(Action action, CancellationTokenSource stopping, ref ExceptionDispatchInfo? failure)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            failure ??= ExceptionDispatchInfo.Capture(e);
            stopping.Cancel();
        }
    }
}
