namespace RunAi.Processes;

/// <summary>Tells whether PowerShell's console host was started for one script or command, with which it ends, or shows a prompt.</summary>
internal static class ScriptHost
{
    private const string ConsoleHost = "ConsoleHost";

    /// <summary>The parameters of pwsh and powershell that take a value, besides those that say what to run.</summary>
    private static readonly string[] WithValue =
    [
        "configurationname", "configurationfile", "custompipename", "executionpolicy", "ex", "ep", "inputformat", "in", "if",
        "outputformat", "o", "of", "psconsolefile", "settingsfile", "settings", "version", "windowstyle", "w", "workingdirectory", "wd",
    ];

    private static readonly string[] Runs = ["file", "command", "commandwithargs", "cwa", "encodedcommand", "ec"];

    /// <summary>True when the process ends with the script that runs in it.</summary>
    /// <param name="host">The host's name.</param>
    public static bool EndsWithItsScript(string host) => host == ConsoleHost && EndsWithItsScript(Environment.GetCommandLineArgs().Skip(1));

    /// <summary>The same by the arguments that the host was started with.</summary>
    public static bool EndsWithItsScript(IEnumerable<string> arguments)
    {
        var isValue = false;
        foreach (var argument in arguments)
        {
            if (isValue)
            {
                isValue = false;
                continue;
            }

            if (argument.Length < 2 || argument[0] is not ('-' or '/') || (argument[0] == '/' && Path.DirectorySeparatorChar == '/'))
            {
                // A script, or a lone dash: the standard input.
                return true;
            }

            var name = argument.TrimStart('-', '/').ToLowerInvariant();
            if (name.StartsWith("noe", StringComparison.Ordinal))
            {
                return false;
            }

            if (Runs.Any(run => run.StartsWith(name, StringComparison.Ordinal)))
            {
                return true;
            }

            isValue = WithValue.Contains(name);
        }

        return false;
    }
}
