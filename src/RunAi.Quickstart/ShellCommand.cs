using System.Diagnostics;

namespace RunAi.Quickstart;

/// <summary>What the shell is started with.</summary>
internal static class ShellCommand
{
    /// <summary>How the shell is started for what was asked for, on this program's terminal.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="checkout">Where the module and the samples are.</param>
    /// <param name="scratch">A folder that lives as long as the shell.</param>
    public static ProcessStartInfo Of(PowerShellTool shell, QuickstartOptions options, Checkout checkout, ScratchFolder scratch)
    {
        var start = new ProcessStartInfo(Dotnet.Program, [shell.Assembly, "-NoLogo", .. Arguments(options, checkout)]);
        // With its own folders named behind ours, it leaves the order as it is: an installed RunAi does not come first.
        start.Environment["PSModulePath"] = scratch.ModulePath(checkout) + Path.PathSeparator + shell.ModulePath;
        // Nobody asked it to report to its maker or to look for its own updates.
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        if (options.Mode == QuickstartMode.Story)
        {
            start.Environment["RUNAI_CONFIG"] = scratch.Configuration;
            start.Environment["RUNAI_STATE"] = scratch.State;
        }

        if (Console.IsOutputRedirected)
        {
            // It colours the headers of tables in files and pipes, too, unless it is told not to.
            start.Environment["NO_COLOR"] = "1";
        }

        return start;
    }

    private static string[] Arguments(QuickstartOptions options, Checkout checkout) => options.Mode switch
    {
        QuickstartMode.Prompt => ["-NoExit", "-Command", "Import-Module RunAi"],
        QuickstartMode.File => ["-NoProfile", "-File", options.File, .. options.ScriptArguments],
        _ => ["-NoProfile", "-File", Path.Combine(AppContext.BaseDirectory, "Show.ps1"), checkout.Story],
    };
}
