namespace RunAi.Watching;

/// <summary>
/// Waits for any number of workloads. Trouble with the control plane only lengthens the wait; a workload is stopped or
/// deleted only when a time limit ran out or it failed and the user's policy says so.
/// </summary>
internal sealed class WorkloadWatcher
{
    /// <summary>So that the rounding of server times to seconds cannot turn a time limit's last moments into a storm of polls.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(100);

    private const int CleanupsAtOnce = 8;
    private readonly IWorkloadSource _source;
    private readonly IActivityLog _log;
    private readonly ServerClock _server;
    private readonly PollFailureReporter _trouble;
    private readonly TimeProvider _time;

    public WorkloadWatcher(IWorkloadSource source, TimeProvider time, IActivityLog log)
    {
        _source = source;
        _time = time;
        _log = log;
        _server = new ServerClock(time);
        _trouble = new PollFailureReporter(time, log);
    }

    /// <summary>Waits until each of the workloads has ended. One call at a time on one watcher.</summary>
    /// <param name="requests">The workloads; one that is given twice is waited for once.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="ended">Gets each outcome as soon as it is known, between two polls.</param>
    /// <param name="progress">Gets how the wait stands after every poll, also after one that failed.</param>
    /// <param name="cancellationToken">The one thing that ends the wait early. It leaves the workloads alone.</param>
    public async Task WatchAsync(
        IEnumerable<WatchRequest> requests,
        WatchOptions options,
        Action<WatchOutcome> ended,
        Action<WatchStatus>? progress,
        CancellationToken cancellationToken)
    {
        var wanted = requests.GroupBy(request => request.WorkloadId, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First()).ToArray();
        var open = new PendingWorkloads(wanted);
        var pace = new PollInterval(options.MonitoringInterval);
        var pause = new HintedPause(options.Hint, _time);
        using var subscription = _source.Subscribe(wanted);
        while (open.Remaining > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryPollAsync(subscription, open, cancellationToken).ConfigureAwait(false) is { } result)
            {
                _server.Set(result.ServerTime);
                var changed = false;
                var touched = Apply(result, open, ref changed);
                open.MarkWhatNeverFits(options.NeverFits, touched);
                open.MarkWhatIdles(options.GpuUse, touched, _server.Now);
                changed |= await JudgeAsync(touched, options.WhileStopped, End, cancellationToken).ConfigureAwait(false);
                if (changed)
                {
                    pace.Shorten();
                }
            }

            progress?.Invoke(open.Status(_server.Now));
            if (open.Remaining > 0)
            {
                await pause.SleepAsync(subscription, Sleep(pace.Next(), open), cancellationToken).ConfigureAwait(false);
            }
        }

        void End(WatchedWorkload watched, WatchOutcome outcome)
        {
            open.Remove(watched);
            subscription.Unsubscribe(watched.Id);
            ended(outcome);
        }
    }

    private async Task<PollResult?> TryPollAsync(
        IWorkloadSubscription subscription, PendingWorkloads open, CancellationToken cancellationToken)
    {
        try
        {
            var result = await subscription.PollAsync(open.NeedRefresh(_server.Now), cancellationToken).ConfigureAwait(false);
            _trouble.ReportRecovery();
            return result;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _trouble.ReportFailure(failure, open.Names);
            return null;
        }
    }

    /// <summary>Applies what a poll gave.</summary>
    /// <returns>Those it tells about.</returns>
    private HashSet<WatchedWorkload> Apply(PollResult result, PendingWorkloads open, ref bool changed)
    {
        var touched = new HashSet<WatchedWorkload>();
        foreach (var workload in result.Found)
        {
            if (open.Find(workload.WorkloadId) is { } watched)
            {
                changed |= open.Observe(watched, workload, result.ServerTime, _log);
                touched.Add(watched);
            }
        }

        foreach (var id in result.Deferred)
        {
            open.Find(id)?.MarkStale();
        }

        foreach (var id in result.Missing)
        {
            if (open.Find(id) is { } watched)
            {
                watched.MarkMissing();
                touched.Add(watched);
            }
        }

        return touched;
    }

    /// <summary>Tells what this poll decides, then tries what policies ask for and tells what that decides.</summary>
    /// <returns>True when something was decided.</returns>
    private async Task<bool> JudgeAsync(
        IEnumerable<WatchedWorkload> touched, bool whileStopped, Action<WatchedWorkload, WatchOutcome> end,
        CancellationToken cancellationToken)
    {
        var decided = false;

        // In the order of their ends.
        var going = touched.OrderBy(watched => watched.Since)
            .Where(watched => !End(watched, watched.Judge(_server.Now, whileStopped))).ToArray();
        var cleanups = going.Where(watched => watched.PendingCleanup is not null).ToArray();
        decided |= cleanups.Any(watched => watched.PendingCleanup!.IsNew);
        await Concurrently.ForEachAsync(cleanups, CleanUpAsync, CleanupsAtOnce, cancellationToken).ConfigureAwait(false);
        foreach (var watched in cleanups)
        {
            End(watched, watched.Settled());
        }

        return decided;

        Task CleanUpAsync(WatchedWorkload watched) => watched.PendingCleanup!.AttemptAsync(_source, watched.Id, cancellationToken);

        bool End(WatchedWorkload watched, WatchOutcome? outcome)
        {
            if (outcome is not null)
            {
                decided = true;
                end(watched, outcome);
            }

            return outcome is not null;
        }
    }

    private TimeSpan Sleep(TimeSpan pace, PendingWorkloads open)
    {
        var expiry = open.NextExpiry(_server.Now) ?? pace;
        return expiry >= pace ? pace : expiry > ShortestSleep ? expiry : ShortestSleep < pace ? ShortestSleep : pace;
    }
}
