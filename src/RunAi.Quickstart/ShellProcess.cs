using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace RunAi.Quickstart;

/// <summary>
/// The shell as a child on this program's terminal, and what signals do meanwhile. Ctrl+C reaches the shell from the terminal. A signal
/// sent to this process alone does not, and one that comes while the shell starts is lost to it. So a signal is passed on, again each
/// second, until the shell has stopped its command, run what it has in <c>finally</c> and ended. An emulator that it started ends with it.
/// A second signal ends the shell at once, and so do ten seconds after SIGTERM.
/// </summary>
internal static partial class ShellProcess
{
    private const int Interrupt = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs the shell to its end and gives its exit code, or 130 or 143 when a signal ended it.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="interactive">Whether it is a prompt, where Ctrl+C is the shell's own affair.</param>
    public static async Task<int> RunAsync(ProcessStartInfo start, bool interactive)
    {
        // Listened for before there is a shell: no signal ends this process and leaves one behind.
        var signals = Channel.CreateUnbounded<PosixSignal>();
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Take(signal, wanted: !interactive));
        using var terminations = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Take(signal, wanted: true));
        using var shell = Process.Start(start)!;
        var exited = shell.WaitForExitAsync();
        var first = signals.Reader.ReadAsync().AsTask();
        if (await Task.WhenAny(exited, first) == exited)
        {
            return shell.ExitCode;
        }

        var terminated = await first == PosixSignal.SIGTERM;
        var enough = Task.WhenAny(signals.Reader.ReadAsync().AsTask(), Task.Delay(terminated ? Patience : Timeout.InfiniteTimeSpan));
        await EndAsync(shell, exited, enough);
        return terminated ? ExitCodes.Terminated : ExitCodes.Interrupted;

        void Take(PosixSignalContext context, bool wanted)
        {
            context.Cancel = true;
            if (wanted)
            {
                signals.Writer.TryWrite(context.Signal);
            }
        }
    }

    private static async Task EndAsync(Process shell, Task exited, Task enough)
    {
        while (!exited.IsCompleted)
        {
            if (enough.IsCompleted)
            {
                shell.Kill();
                await exited;
                return;
            }

            // A console of Windows has told the shell itself.
            if (!OperatingSystem.IsWindows())
            {
                _ = Send(shell.Id, Interrupt);
            }

            await Task.WhenAny(exited, enough, Task.Delay(Pause));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int processId, int signal);
}
