using System.Diagnostics;
using System.Globalization;

namespace RunAi.Emulator.Execution.Processes;

/// <summary>
/// Ends what the emulator started when the emulator itself was killed and could not: a shell waits at the end of a pipe that the
/// system closes with the emulator, whatever ended it, then kills what is still running and removes the scratch folders. On Linux it
/// also finds those it was not told of, by the folder in their environment: started a moment before, or in a process group of their own.
/// </summary>
/// <remarks>Unix only: Windows has no such shell, and its processes go on.</remarks>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        live=' '
        while read -r what target; do
          case $what in
            +) live="$live$target " ;;
            -) case $live in *" $target "*) live="${live%%" $target "*} ${live#*" $target "}" ;; esac ;;
          esac
        done
        for target in $live; do kill -KILL "$target" 2>/dev/null; done
        for found in $(grep -lF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
          found=${found#/proc/}
          kill -KILL "${found%/environ}" 2>/dev/null
        done
        rm -rf -- "$1"
        """;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private Process? _shell;
    private bool _disposed;

    /// <param name="folder">The folder that goes with the emulator.</param>
    public OrphanGuard(string folder) => _folder = folder;

    /// <summary>Starts the shell, before the first process is started.</summary>
    public void Prepare()
    {
        lock (_lock)
        {
            if (!OperatingSystem.IsWindows() && !_disposed)
            {
                _shell ??= StartShell();
            }
        }
    }

    /// <summary>Tells of a process that has started.</summary>
    public void Add(int processId, bool leadsGroup) => Tell('+', processId, leadsGroup);

    /// <summary>Tells that it has ended, so that its number may become another's.</summary>
    public void Remove(int processId, bool leadsGroup) => Tell('-', processId, leadsGroup);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _shell?.StandardInput.Dispose();
            _shell?.Dispose();
        }
    }

    private void Tell(char what, int processId, bool leadsGroup)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _shell ??= StartShell();
            try
            {
                _shell.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{what} {(leadsGroup ? "-" : "")}{processId}\n"));
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody killed the shell. The next line goes to a new one.
                _shell.Dispose();
                _shell = null;
            }
        }
    }

    private Process StartShell()
    {
        // Out of the emulator's session, so that a Ctrl+C for the emulator is none for it.
        List<string> words = ["/bin/sh", "-c", Script, "runai-emulator-guard", _folder];
        if (ChildProcess.SetSid is { } setSid)
        {
            words.Insert(0, setSid);
        }

        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
