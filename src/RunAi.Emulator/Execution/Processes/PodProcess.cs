namespace RunAi.Emulator.Execution.Processes;

/// <summary>The process of one pod, from the making of its root folder on; it may be stopped at any moment.</summary>
internal sealed class PodProcess : IAsyncDisposable
{
    /// <summary>
    /// Held shared while a root folder is made, and alone while a process starts: a child that was forked while another pod's program
    /// was open for writing holds it open until it has started itself, and Linux runs no program that is open for writing (ETXTBSY).
    /// </summary>
    private static readonly ReaderWriterLockSlim Programs = new();

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? _child;
    private bool _stopped;

    /// <summary>Makes the root folder and the plan, then starts the process, all off the caller's thread.</summary>
    public void Begin(Func<(ProcessPlan? Plan, string? Error)> prepare, Func<ProcessPlan, ChildProcess> child, Action<PodExit> exited) =>
        _ = Task.Run(() => Start(prepare, child, exit =>
        {
            exited(exit);
            _ended.TrySetResult();
        }));

    public void Stop(TimeSpan grace)
    {
        lock (_lock)
        {
            _stopped = true;
            _child?.Stop(grace);
        }
    }

    /// <summary>Ends it and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop(TimeSpan.Zero);
        await _ended.Task.ConfigureAwait(false);
    }

    private void Start(Func<(ProcessPlan? Plan, string? Error)> prepare, Func<ProcessPlan, ChildProcess> child, Action<PodExit> exited)
    {
        var (plan, error) = Try(prepare);
        lock (_lock)
        {
            if (_stopped)
            {
                error = null;
            }
            else if (plan is not null)
            {
                _child = child(plan);
                error = TryStart(_child, exited);
                if (error is null)
                {
                    return;
                }
            }
        }

        exited(error is null ? new PodExit(143, "stopped before it started") : new PodExit(128, error));
    }

    private static string? TryStart(ChildProcess child, Action<PodExit> exited)
    {
        Programs.EnterWriteLock();
        try
        {
            return child.TryStart(exited);
        }
        finally
        {
            Programs.ExitWriteLock();
        }
    }

    private static (ProcessPlan? Plan, string? Error) Try(Func<(ProcessPlan? Plan, string? Error)> prepare)
    {
        Programs.EnterReadLock();
        try
        {
            return prepare();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Images.ImageException)
        {
            return (null, $"its root folder cannot be made: {e.Message}");
        }
        finally
        {
            Programs.ExitReadLock();
        }
    }
}
