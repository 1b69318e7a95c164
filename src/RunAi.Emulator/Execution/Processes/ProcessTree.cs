using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RunAi.Emulator.Execution.Processes;

/// <summary>Signals to a process and everything below it.</summary>
internal static partial class ProcessTree
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>SIGTERM to the process, and to its group when it leads one. Windows has no such request: there it is killed.</summary>
    public static void Terminate(Process process, bool leadsGroup)
    {
        if (OperatingSystem.IsWindows())
        {
            Kill(process, leadsGroup);
        }
        else
        {
            Signal(leadsGroup ? -process.Id : process.Id, SigTerm);
        }
    }

    /// <summary>SIGKILL to the process, its group when it leads one, and its descendants.</summary>
    public static void Kill(Process process, bool leadsGroup)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            if (leadsGroup)
            {
                Signal(-process.Id, SigKill);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in between; there is nothing left to kill.
        }
    }

    /// <summary>A target that is gone already is no error.</summary>
    private static void Signal(int target, int signal) => _ = SystemKill(target, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SystemKill(int pid, int signal);
}
