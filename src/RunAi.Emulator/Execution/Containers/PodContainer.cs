using Docker.DotNet.Models;

namespace RunAi.Emulator.Execution.Containers;

/// <summary>The container of one pod, from its making to its removal; it may be stopped at any moment.</summary>
internal sealed class PodContainer(ContainerEngine engine, PodLog log, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _id;
    private bool _stopped;
    private ITimer? _grace;

    /// <summary>Makes and starts it, and tells how it ended, whatever happened.</summary>
    public void Begin(CreateContainerParameters container, Action<PodExit> exited) => _ = Task.Run(async () =>
    {
        PodExit exit;
        try
        {
            exit = await RunAsync(container).ConfigureAwait(false);
        }
        catch (Exception e) when (e is EngineException or IOException)
        {
            exit = new PodExit(128, e.Message);
        }

        exited(exit);
        _ended.SetResult();
    });

    /// <summary>Sends SIGTERM, and SIGKILL after the grace period.</summary>
    public void Stop(TimeSpan grace)
    {
        lock (_lock)
        {
            _stopped = true;
            if (_id is { } id && grace > TimeSpan.Zero)
            {
                _ = SignalAsync(id, "SIGTERM");
                _grace ??= clock.CreateTimer(_ => _ = SignalAsync(id, "SIGKILL"), null, grace, Timeout.InfiniteTimeSpan);
            }
            else if (_id is { } now)
            {
                _ = SignalAsync(now, "SIGKILL");
            }
        }
    }

    /// <summary>Ends it and waits until it is removed.</summary>
    public async ValueTask DisposeAsync()
    {
        Stop(TimeSpan.Zero);
        await _ended.Task.ConfigureAwait(false);
    }

    private async Task<PodExit> RunAsync(CreateContainerParameters container)
    {
        var id = await engine.CreateAsync(container, default).ConfigureAwait(false);
        try
        {
            if (!await StartAsync(id).ConfigureAwait(false))
            {
                return new PodExit(143, "stopped before it started");
            }

            using var drained = new CancellationTokenSource();
            var following = FollowAsync(id, drained.Token);
            var (code, outOfMemory) = await engine.WaitAsync(id, default).ConfigureAwait(false);
            drained.CancelAfter(DrainTime);
            await following.ConfigureAwait(false);
            return new PodExit(code, outOfMemory ? "OOMKilled" : _stopped ? "stopped" : null);
        }
        finally
        {
            lock (_lock)
            {
                _id = null;
                _grace?.Dispose();
            }

            await engine.RemoveAsync(id).ConfigureAwait(false);
        }
    }

    /// <summary>Starts it, unless it was told to stop before.</summary>
    private async Task<bool> StartAsync(string id)
    {
        if (IsStopped(null))
        {
            return false;
        }

        await engine.StartAsync(id, default).ConfigureAwait(false);
        if (IsStopped(id))
        {
            await engine.SignalAsync(id, "SIGKILL").ConfigureAwait(false);
        }

        return true;
    }

    private bool IsStopped(string? started)
    {
        lock (_lock)
        {
            _id = started;
            return _stopped;
        }
    }

    private async Task FollowAsync(string id, CancellationToken cancellation)
    {
        try
        {
            var file = log.Create();
            await using (file.ConfigureAwait(false))
            {
                await engine.FollowAsync(id, file, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The engine kept the log open beyond the container's end; all of it is here.
        }
    }

    /// <summary>An engine that is away cannot be told; the wait for the container's end says so.</summary>
    private async Task SignalAsync(string id, string signal)
    {
        try
        {
            await engine.SignalAsync(id, signal).ConfigureAwait(false);
        }
        catch (EngineException e)
        {
            await File.AppendAllTextAsync(log.Path + ".trouble", $"{signal}: {e.Message}\n").ConfigureAwait(false);
        }
    }
}
