using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.Emulator.Execution.Processes;

/// <summary>
/// One child process with everything it starts: its output goes to a file, and it is stopped as a whole, politely
/// first. It leads a session of its own where the system has setsid, so that signals reach all of it.
/// </summary>
internal sealed class ChildProcess(ProcessPlan plan, PodLog log, OrphanGuard guard, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    /// <summary>The program that makes another the leader of a session and a group; null where the system has none.</summary>
    internal static readonly string? SetSid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process = new();
    private volatile bool _hasEnded;
    private volatile bool _wasStopped;
    private ITimer? _grace;

    /// <summary>Starts it; gives why it could not be started, or null.</summary>
    public string? TryStart(Action<PodExit> exited)
    {
        var start = new ProcessStartInfo
        {
            FileName = SetSid ?? plan.Words[0],
            WorkingDirectory = plan.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in SetSid is null ? plan.Words.Skip(1) : plan.Words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Clear();
        foreach (var (name, value) in plan.Variables)
        {
            start.Environment[name] = value;
        }

        // Before the start, so that an emulator killed right after it leaves nothing either.
        guard.Prepare();
        _process.StartInfo = start;
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            return $"{plan.Words[0]}: {e.Message}";
        }

        guard.Add(_process.Id, SetSid is not null);
        _process.StandardInput.Close();
        _ = Task.Run(() => WatchAsync(exited));
        return null;
    }

    /// <summary>Lets go of it; done by itself once it has ended.</summary>
    public void Dispose() => _process.Dispose();

    /// <summary>Asks all of it to end, and kills what is left after the grace period.</summary>
    public void Stop(TimeSpan grace)
    {
        if (_hasEnded)
        {
            return;
        }

        _wasStopped = true;
        if (grace > TimeSpan.Zero)
        {
            ProcessTree.Terminate(_process, SetSid is not null);
            _grace ??= clock.CreateTimer(_ => Kill(), null, grace, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Kill();
        }
    }

    private void Kill() => ProcessTree.Kill(_process, SetSid is not null);

    private async Task WatchAsync(Action<PodExit> exited)
    {
        var exit = new PodExit(137, "its output could not be kept");
        try
        {
            var output = log.Create();
            await using (output.ConfigureAwait(false))
            {
                using var writing = new SemaphoreSlim(1, 1);
                using var drained = new CancellationTokenSource();
                var pumps = Task.WhenAll(
                    PumpAsync(_process.StandardOutput.BaseStream, output, writing, drained.Token),
                    PumpAsync(_process.StandardError.BaseStream, output, writing, drained.Token));
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                exit = new PodExit(_process.ExitCode, _wasStopped ? "stopped" : null);
                // What outlives the main process keeps the pipes open and goes as a container's other processes go.
                Kill();
                drained.CancelAfter(DrainTime);
                await pumps.ConfigureAwait(false);
            }
        }
        catch (IOException e)
        {
            Kill();
            exit = exit with { Reason = e.Message };
        }
        finally
        {
            if (_grace is not null)
            {
                await _grace.DisposeAsync().ConfigureAwait(false);
            }

            guard.Remove(_process.Id, SetSid is not null);
            _hasEnded = true;
            Dispose();
            exited(exit);
        }
    }

    private static async Task PumpAsync(Stream from, Stream to, SemaphoreSlim writing, CancellationToken cancellation)
    {
        var buffer = new byte[8192];
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                await writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                await to.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
                writing.Release();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Somebody outside the process tree holds the pipe; there is nothing more to wait for.
        }
    }
}
