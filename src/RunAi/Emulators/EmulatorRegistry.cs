using System.Collections.Concurrent;

namespace RunAi.Emulators;

/// <summary>The emulators this process started, known to all its runspaces.</summary>
internal sealed class EmulatorRegistry
{
    private readonly ConcurrentDictionary<int, EmulatorProcess> _running = new();

    public static EmulatorRegistry Default { get; } = new();

    public async Task<RunAiEmulator> StartAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        var process = await EmulatorProcess.StartAsync(options, cancellationToken).ConfigureAwait(false);
        _running[process.Emulator.ProcessId] = process;
        return process.Emulator;
    }

    public IReadOnlyList<RunAiEmulator> List() =>
        [.. _running.Values.Where(p => !p.HasExited).Select(p => p.Emulator).OrderBy(e => e.ProcessId)];

    /// <summary>Ends one; false when this process started none of that id that still runs.</summary>
    public async Task<bool> StopAsync(int processId, CancellationToken cancellationToken)
    {
        if (!_running.TryRemove(processId, out var process))
        {
            return false;
        }

        using (process)
        {
            if (process.HasExited)
            {
                return false;
            }

            await process.StopAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }
}
