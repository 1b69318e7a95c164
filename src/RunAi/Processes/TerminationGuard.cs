namespace RunAi.Processes;

/// <summary>
/// Work that is put in order before its process ends. While there is any, SIGTERM, SIGHUP, the end of the parent process and an exit have
/// it stopped, and the process ends when that is done, at the latest after <see cref="Patience"/>. Ctrl+C stays the host's; a host that
/// ends with the script that it runs then ends with an exit code that says so.
/// </summary>
internal sealed class TerminationGuard : IDisposable
{
    /// <summary>How long work may take to be put in order.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    /// <summary>How long the host and the finally blocks of its script may take after that.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ParentPause = TimeSpan.FromSeconds(1);

    private static readonly object Gate = new();
    private static readonly List<TerminationGuard> Active = [];
    private static IDisposable? _signals;
    private static ParentProcess? _parent;
    private static Timer? _parentTimer;
    private static TerminationCause? _ending;
    private static bool _watchesExit;

    private readonly Action<TerminationCause> _stop;
    private readonly bool _endsWithHost;
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TerminationGuard(Action<TerminationCause> stop, bool endsWithHost) => (_stop, _endsWithHost) = (stop, endsWithHost);

    /// <summary>Watches over work until it is disposed.</summary>
    /// <param name="stop">Has the work stopped and put in order, and returns at once. Called from any thread, also twice.</param>
    /// <param name="endsWithHost">True when the process ends with the script that the work belongs to, so that its exit code tells of
    /// Ctrl+C.</param>
    /// <returns>To be disposed when the work is over, or is in order.</returns>
    public static TerminationGuard Begin(Action<TerminationCause> stop, bool endsWithHost)
    {
        var guard = new TerminationGuard(stop, endsWithHost);
        TerminationCause? ending;
        lock (Gate)
        {
            ending = _ending;
            Active.Add(guard);
            if (_signals is null)
            {
                _signals = TerminationPlatform.Watch(OnSignal);
                _parent = ParentProcess.Find();
                _parentTimer = _parent is null ? null : new Timer(_ => CheckParent(), null, ParentPause, ParentPause);
            }

            if (!_watchesExit)
            {
                _watchesExit = true;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => OnExit();
            }
        }

        if (ending is not null && ending != TerminationCause.Interrupt)
        {
            stop(ending);
        }

        return guard;
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (Active.Remove(this) && Active.Count == 0)
            {
                _signals?.Dispose();
                _parentTimer?.Dispose();
                _parent?.Dispose();
                (_signals, _parentTimer, _parent) = (null, null, null);
            }
        }

        _over.TrySetResult(true);
    }

    private static bool OnSignal(TerminationCause cause)
    {
        if (cause == TerminationCause.Interrupt)
        {
            lock (Gate)
            {
                _ending ??= Active.Exists(guard => guard._endsWithHost) ? cause : null;
            }

            return false;
        }

        if (!PutInOrder(cause))
        {
            return false;
        }

        // The host ends by itself when its script was stopped; one that shows a prompt does not.
        Task.Delay(Grace).Wait();
        Environment.Exit(cause.ExitCode);
        return true;
    }

    private static void CheckParent()
    {
        lock (Gate)
        {
            if (_parent is not { HasEnded: true })
            {
                return;
            }

            _parentTimer?.Dispose();
        }

        OnSignal(TerminationCause.Parent);
    }

    /// <summary>Has all work stopped and waits for it; false when there is none.</summary>
    private static bool PutInOrder(TerminationCause cause)
    {
        TerminationGuard[] guards;
        lock (Gate)
        {
            guards = [.. Active];
            if (guards.Length == 0)
            {
                return false;
            }

            _ending = cause;
        }

        foreach (var guard in guards)
        {
            guard._stop(cause);
        }

        Task.WaitAll([.. guards.Select(guard => guard._over.Task)], Patience);
        return true;
    }

    /// <summary>
    /// Work of other threads than the host's is stopped here, too. Afterwards the exit code is what Main returned, or what is set now.
    /// </summary>
    private static void OnExit()
    {
        if (_ending is null || _ending == TerminationCause.Interrupt)
        {
            PutInOrder(_ending ?? TerminationCause.Exit);
        }

        if (_ending is { } cause && Environment.ExitCode is 0 or 1)
        {
            Environment.ExitCode = cause.ExitCode;
        }
    }
}
