using System.Globalization;
using System.Management.Automation;
using System.Net;

namespace RunAi.PowerShell.Secrets;

/// <summary>
/// Keeps an emulator's secret, which is good for as long as that runs, in an environment variable of this process and of those it starts.
/// </summary>
internal static class EmulatorSecret
{
    private const string Variable = "RUNAI_EMULATOR_SECRET_";

    /// <summary>The reference to the variable.</summary>
    public static string Reference(RunAiEmulator emulator) => $"{{{{env:{NameOf(emulator)}}}}}";

    /// <summary>Sets the variable.</summary>
    public static void Keep(RunAiEmulator emulator, SessionState session) =>
        session.InvokeProvider.Item.Set($"Env:{NameOf(emulator)}", new NetworkCredential("", emulator.ClientSecret).Password);

    private static string NameOf(RunAiEmulator emulator) => Variable + emulator.ProcessId.ToString(CultureInfo.InvariantCulture);
}
