using RunAi.RunManifest;
using RunAi.StepRunner.Execution;
using RunAi.StepRunner.Log;

namespace RunAi.StepRunner;

/// <summary>The command while it runs: its output is copied, its time limits are kept, and what it leaves behind is ended.</summary>
internal sealed class RunningCommand
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    private readonly ChildProcess _child;
    private readonly RunnerSettings _settings;
    private readonly TimeProvider _time;
    private readonly LineSplitter[] _lines;
    private readonly OutputCopier[] _copiers;

    public RunningCommand(ChildProcess child, SegmentedLog log, RunnerSettings settings, TimeProvider time)
    {
        _child = child;
        _settings = settings;
        _time = time;
        _lines = [new LineSplitter(LogEntryHead.Output, log, time), new LineSplitter(LogEntryHead.Errors, log, time)];
        _copiers =
        [
            new OutputCopier(child.StandardOutput, isErrors: false, _lines[0], time),
            new OutputCopier(child.StandardError, isErrors: true, _lines[1], time),
        ];
    }

    /// <summary>Which limit made the runner end the command; null for none.</summary>
    public string? TimedOut { get; private set; }

    public async Task<ChildExit> WaitAsync(double? limitSeconds, CancellationToken deadline, CancellationToken stop)
    {
        await using var ticks = _time.CreateTimer(_ => WriteStale(), null, Tick, Tick);
        using var ended = new CancellationTokenSource();
        var limits = KeepLimitsAsync(limitSeconds, deadline, stop, ended.Token);
        var exit = await _child.Exit;
        await EndRestAsync();
        await EndLeftoversAsync();
        await ended.CancelAsync();
        await limits;
        await EndOutputAsync();
        return exit;
    }

    private void WriteStale()
    {
        foreach (var lines in _lines)
        {
            lines.WriteStale();
        }
    }

    private async Task KeepLimitsAsync(double? limitSeconds, CancellationToken deadline, CancellationToken stop, CancellationToken ended)
    {
        using var limit = new CancellationTokenSource();
        if (limitSeconds is { } seconds)
        {
            limit.CancelAfter(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)));
        }

        using var any = CancellationTokenSource.CreateLinkedTokenSource(deadline, limit.Token, ended);
        await UntilAsync(any.Token);
        if (ended.IsCancellationRequested || stop.IsCancellationRequested)
        {
            return;
        }

        TimedOut = deadline.IsCancellationRequested
            ? "The run's deadline passed, and the command was ended."
            : $"The command ran longer than its limit of {limitSeconds} s, and was ended.";
        _child.Signal(Signals.Terminate);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
        patience.CancelAfter(_settings.GracePeriod);
        await UntilAsync(patience.Token);
        if (!ended.IsCancellationRequested)
        {
            _child.Signal(Signals.Kill);
        }
    }

    /// <summary>Nothing that the command started outlives it, as in a container whose first process has ended.</summary>
    private async Task EndRestAsync()
    {
        if (!_child.GroupIsAlive())
        {
            return;
        }

        _child.Signal(Signals.Terminate);
        var since = _time.GetTimestamp();
        while (_child.GroupIsAlive() && _time.GetElapsedTime(since) < _settings.GracePeriod)
        {
            await Task.Delay(ShortWait, _time);
        }

        _child.Signal(Signals.Kill);
    }

    /// <summary>The same for what has left the command's group.</summary>
    private async Task EndLeftoversAsync()
    {
        var rest = Leftovers.Find();
        Leftovers.Signal(rest, Signals.Terminate);
        var since = _time.GetTimestamp();
        while (rest.Count > 0 && _time.GetElapsedTime(since) < LeftoverPatience)
        {
            await Task.Delay(ShortWait, _time);
            rest = Leftovers.Find();
        }

        Leftovers.Signal(rest, Signals.Kill);
    }

    /// <summary>
    /// Waits for what is still on its way in the command's streams, but not for one that somebody holds open and writes nothing to.
    /// </summary>
    private async Task EndOutputAsync()
    {
        var all = Task.WhenAll(_copiers.Select(copier => copier.Ended));
        var since = _time.GetTimestamp();
        while (!all.IsCompleted && _time.GetElapsedTime(since) < _settings.GracePeriod
            && !Array.TrueForAll(_copiers, copier => copier.IsSilentFor(Silence, _time)))
        {
            await Task.WhenAny(all, Task.Delay(ShortWait, _time));
        }
    }

    private async Task UntilAsync(CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, token);
        }
        catch (OperationCanceledException)
        {
            // That was what it waited for.
        }
    }
}
