using System.Diagnostics;
#if NETFRAMEWORK
using System.Text;
#endif

namespace RunAi.Processes;

/// <summary>Starts programs whose standard input is written to.</summary>
internal static class ProcessPlatform
{
    /// <summary>Starts a program.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there or cannot be started.</exception>
    public static Process? Start(ProcessStartInfo start)
    {
#if NETFRAMEWORK
        // .NET Framework writes the preamble of the console's encoding into the program's input at once; a UTF-8 console has one (a byte order mark).
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
}
