using System.Diagnostics;
using System.Runtime.InteropServices;
using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.Hosting;

/// <summary>
/// The life of an emulator that another process started for itself: it ends when that process ends or closes the emulator's
/// standard input, or on SIGTERM. Ctrl+C in their terminal is meant for the other process, which may still need the emulator.
/// </summary>
internal sealed class ParentLifetime(EmulatorOptions options, IHostApplicationLifetime lifetime) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        }));
        _ = FollowAsync(options.ParentProcessId!.Value);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private async Task FollowAsync(int processId)
    {
        try
        {
            using var parent = Process.GetProcessById(processId);
            var input = Console.OpenStandardInput().CopyToAsync(Stream.Null, lifetime.ApplicationStopping);
            await Task.WhenAny(parent.WaitForExitAsync(lifetime.ApplicationStopping), input).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It is gone already, which is what was waited for.
        }

        lifetime.StopApplication();
    }
}
