using System.ComponentModel;
using System.Diagnostics;
#if NETFRAMEWORK
using System.Text;
#endif

namespace RunAi.Processes;

/// <summary>Starts programs whose standard input is written to, and ends them.</summary>
internal static class ProcessPlatform
{
    /// <summary>Starts a program.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there or cannot be started.</exception>
    public static Process? Start(ProcessStartInfo start)
    {
#if NETFRAMEWORK
        // .NET Framework writes the preamble of the console's encoding into the program's input at once; a UTF-8 console has one (a byte
        // order mark).
        var before = Console.InputEncoding;
        if (before.GetPreamble().Length == 0)
        {
            return Process.Start(start);
        }

        Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return Process.Start(start);
        }
        finally
        {
            Console.InputEncoding = before;
        }
#else
        return Process.Start(start);
#endif
    }

    /// <summary>Ends a program, on .NET with what it started.</summary>
    public static void Kill(Process process)
    {
        try
        {
#if NETFRAMEWORK
            process.Kill();
#else
            process.Kill(entireProcessTree: true);
#endif
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It is ending by itself in this moment, or it is another user's: nobody waits for it any more.
            return;
        }
    }
}
