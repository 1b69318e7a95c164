namespace RunAi.Watching;

/// <summary>
/// Waits for any number of workloads. Trouble with the control plane only lengthens the wait; a workload is stopped or
/// deleted only when a clock ran out or it failed and the user's policy says so.
/// </summary>
internal sealed class WorkloadWatcher
{
    /// <summary>So that the rounding of server times to seconds cannot turn a clock's last moments into a storm of looks.</summary>
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(100);

    private const int PutDownsAtOnce = 8;
    private readonly IWorkloadSource _source;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;
    private readonly ServerClock _server;
    private readonly LookTrouble _trouble;

    public WorkloadWatcher(IWorkloadSource source, TimeProvider time, IActivityLog log)
    {
        _source = source;
        _time = time;
        _log = log;
        _server = new ServerClock(time);
        _trouble = new LookTrouble(time, log);
    }

    /// <summary>Waits until each of the workloads has ended. One call at a time on one watcher.</summary>
    /// <param name="requests">The workloads; one that is given twice is waited for once.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="ended">Gets each outcome as soon as it is known, between two looks.</param>
    /// <param name="progress">Gets those still waited for after every look, also after one that failed.</param>
    /// <param name="cancellationToken">The one thing that ends the wait early. It leaves the workloads alone.</param>
    public async Task WatchAsync(
        IEnumerable<WatchRequest> requests,
        WatchOptions options,
        Action<WatchOutcome> ended,
        Action<IReadOnlyList<WatchProgress>>? progress,
        CancellationToken cancellationToken)
    {
        var open = requests
            .GroupBy(one => one.WorkloadId, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => new WatchedWorkload(same.First()), StringComparer.OrdinalIgnoreCase);
        var pace = new LookPace(options.MonitoringInterval);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await TryLookAsync(open.Keys.ToArray(), cancellationToken).ConfigureAwait(false) is { } look)
            {
                _server.Set(look.ServerTime);
                var changed = TakeIn(look, open);
                changed |= await JudgeAsync(open, options, ended, cancellationToken).ConfigureAwait(false);
                if (changed)
                {
                    pace.Shorten();
                }
            }

            progress?.Invoke(open.Values.Select(one => one.Progress(_server.Now)).ToArray());
            if (open.Count > 0)
            {
                await _time.DelayAsync(Sleep(pace.Next(), open.Values), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Look?> TryLookAsync(string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            var look = await _source.LookAsync(ids, cancellationToken).ConfigureAwait(false);
            _trouble.IsOver();
            return look;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _trouble.Happened(failure, ids.Length);
            return null;
        }
    }

    private bool TakeIn(Look look, Dictionary<string, WatchedWorkload> open)
    {
        var changed = false;
        foreach (var workload in look.Found)
        {
            if (open.TryGetValue(workload.WorkloadId, out var one))
            {
                changed |= one.See(workload, look.ServerTime, _log);
            }
        }

        foreach (var id in look.Missing)
        {
            if (open.TryGetValue(id, out var one))
            {
                one.Miss();
            }
        }

        return changed;
    }

    /// <summary>Tells what this look decides, then tries what policies ask for and tells what that decides.</summary>
    /// <returns>True when something was decided.</returns>
    private async Task<bool> JudgeAsync(
        Dictionary<string, WatchedWorkload> open,
        WatchOptions options,
        Action<WatchOutcome> ended,
        CancellationToken cancellationToken)
    {
        var decided = false;
        foreach (var one in open.Values.ToArray())
        {
            End(one, one.Judge(_server.Now, options.WhileStopped));
        }

        var putDowns = open.Values.Where(one => one.Open is not null).ToArray();
        decided |= putDowns.Any(one => one.Open!.IsNew);
        using var room = new SemaphoreSlim(PutDownsAtOnce);
        await Task.WhenAll(putDowns.Select(one => PutDownAsync(one, room, cancellationToken))).ConfigureAwait(false);
        foreach (var one in putDowns)
        {
            End(one, one.Settled());
        }

        return decided;

        void End(WatchedWorkload one, WatchOutcome? outcome)
        {
            if (outcome is not null)
            {
                decided = true;
                open.Remove(one.Id);
                ended(outcome);
            }
        }
    }

    private async Task PutDownAsync(WatchedWorkload one, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await one.Open!.AttemptAsync(_source, one.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            room.Release();
        }
    }

    private TimeSpan Sleep(TimeSpan pace, IEnumerable<WatchedWorkload> open)
    {
        var now = _server.Now;
        var expiry = open.Select(one => one.NextExpiry(now)).Min() ?? pace;
        return expiry >= pace ? pace : expiry > ShortestSleep ? expiry : ShortestSleep < pace ? ShortestSleep : pace;
    }
}
