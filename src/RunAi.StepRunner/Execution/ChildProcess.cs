using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RunAi.StepRunner.Execution;

/// <summary>The running command.</summary>
internal sealed class ChildProcess
{
    private readonly TaskCompletionSource<ChildExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(int pid, Stream standardOutput, Stream standardError)
    {
        Id = pid;
        StandardOutput = standardOutput;
        StandardError = standardError;
        new Thread(Reap) { IsBackground = true, Name = "reaper" }.Start();
    }

    public int Id { get; }

    public Stream StandardOutput { get; }

    public Stream StandardError { get; }

    /// <summary>How it ended.</summary>
    public Task<ChildExit> Exit => _exit.Task;

    /// <exception cref="RunnerException">There is no such program, or it cannot be executed.</exception>
    public static unsafe ChildProcess Start(IReadOnlyList<string> command, IReadOnlyList<string> environment)
    {
        // What the command leaves behind becomes ours to reap, also when the runner is not process 1.
        _ = NativeMethods.Control(NativeMethods.SetChildSubreaper, 1, 0, 0, 0);
        var output = stackalloc int[2];
        var errors = stackalloc int[2];
        if (NativeMethods.Pipe(output, NativeMethods.CloseOnExec) != 0 || NativeMethods.Pipe(errors, NativeMethods.CloseOnExec) != 0)
        {
            throw new RunnerException(ExitCodes.NotExecutable, $"No pipe could be made (error {Marshal.GetLastPInvokeError()}).");
        }

        var error = Spawning.Start(command, environment, output[1], errors[1], out var pid);
        _ = NativeMethods.Close(output[1]);
        _ = NativeMethods.Close(errors[1]);
        return error switch
        {
            0 => new ChildProcess(pid, Reader(output[0]), Reader(errors[0])),
            2 or 20 => throw MissingProgram.Of(command[0]),

            // A folder of PATH that may not be searched gives the same answer as a file that may not be executed.
            13 when !IsOnPath(command[0]) => throw MissingProgram.Of(command[0]),
            8 => throw new RunnerException(
                ExitCodes.NotExecutable,
                $"'{command[0]}' cannot be executed: it is no program of this machine's kind, nor a script that begins with #!."),
            7 => throw new RunnerException(ExitCodes.NotExecutable, "The command's arguments and environment are too long."),
            _ => throw new RunnerException(ExitCodes.NotExecutable, $"'{command[0]}' cannot be executed ({Explain(error)})."),
        };
    }

    /// <summary>Sends a signal to the command and what it started. That they are gone already is no error.</summary>
    public void Signal(int signal) => _ = NativeMethods.Kill(-Id, signal);

    /// <summary>Whether the command or something it started is still there.</summary>
    public bool GroupIsAlive() => NativeMethods.Kill(-Id, 0) == 0;

    private static FileStream Reader(int descriptor) => new(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, 0);

    private static bool IsOnPath(string program) => program.Contains('/')
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Explain(int error) => error switch
    {
        13 => "permission denied: the file is not executable, or a folder above it may not be entered",
        12 => "not enough memory",
        11 => "too many processes",
        26 => "it is being written",
        _ => $"error {error}",
    };

    /// <summary>Waits for every child, ours and those that became ours, until there is none.</summary>
    private unsafe void Reap()
    {
        const int Interrupted = 4;
        var usage = stackalloc byte[NativeMethods.OpaqueSize];
        while (true)
        {
            int status;
            var pid = NativeMethods.Wait(-1, &status, 0, usage);
            if (pid == Id)
            {
                _exit.TrySetResult(ChildExit.Of(status, new ReadOnlySpan<byte>(usage, NativeMethods.OpaqueSize)));
            }
            else if (pid < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                return;
            }
        }
    }
}
