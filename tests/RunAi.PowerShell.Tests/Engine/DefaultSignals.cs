using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// What goes before a command whose program is to know Ctrl+C: a shell ignores it for what it starts in the background, such as a run of
/// tests, and every process inherits that.
/// </summary>
internal static class DefaultSignals
{
    private static readonly Lazy<string[]> Words = new(() => IsThere() ? ["env", "--default-signal=INT,QUIT"] : []);

    public static string[] Prefix => Words.Value;

    private static bool IsThere()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("env", ["--default-signal=INT", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
