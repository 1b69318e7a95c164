namespace RunAi.Quickstart;

/// <summary>What the command line asked for.</summary>
internal sealed record QuickstartOptions
{
    public const string Help = """
        Runs RunAi in the real PowerShell engine; PowerShell itself need not be installed.

          dotnet run --project src/RunAi.Quickstart                           the story of samples/iris.ps1: each
                                                                              command and what it answers
          dotnet run --project src/RunAi.Quickstart -- -File x.ps1 [args]     runs a script, as pwsh -File would
          dotnet run --project src/RunAi.Quickstart -- -Prompt                a small prompt; exit leaves it
                                                                              (-File without a script, too)

        The module RunAi is imported first, from the checkout this program was built in; -NoImport leaves that out.
        The story keeps its configuration in a temporary folder. -File and -Prompt use yours (RUNAI_CONFIG).

        The engine brings its own commands only. Microsoft.PowerShell.Utility and .Management (Write-Output,
        Format-Table, Get-Content ...) belong to an installed PowerShell and are not here.

        Exit codes: what 'exit N' said; 1 after a terminating error; 2 for a wrong command line; 130 after Ctrl+C.
        """;

    /// <summary>What to run.</summary>
    public QuickstartMode Mode { get; init; } = QuickstartMode.Story;

    /// <summary>The script of <see cref="QuickstartMode.File"/>, as it was typed.</summary>
    public string File { get; init; } = "";

    /// <summary>What stood behind the script.</summary>
    public IReadOnlyList<string> ScriptArguments { get; init; } = [];

    /// <summary>Whether the module is imported before anything runs.</summary>
    public bool Import { get; init; } = true;

    /// <summary>What is wrong with the command line, if anything is.</summary>
    public string? Fault { get; init; }

    /// <summary>Reads the command line. Switches may be written with one dash or two, in any case.</summary>
    public static QuickstartOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new QuickstartOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (SwitchName(arguments[i]))
            {
                case "help" or "h" or "?":
                    return options with { Mode = QuickstartMode.Help };
                case "noimport":
                    options = options with { Import = false };
                    break;
                case "file" or "f" when i + 1 < arguments.Count:
                    return options with
                    {
                        Mode = QuickstartMode.File,
                        File = arguments[i + 1],
                        ScriptArguments = [.. arguments.Skip(i + 2)],
                    };
                case "prompt" or "file" or "f":
                    options = options with { Mode = QuickstartMode.Prompt };
                    break;
                default:
                    return options with { Fault = $"'{arguments[i]}' is not understood. --help lists what is." };
            }
        }

        return options;
    }

    private static string? SwitchName(string argument)
    {
        var name = argument.TrimStart('-');
        return name.Length < argument.Length ? name.ToLowerInvariant() : null;
    }
}
