namespace RunAi.Quickstart;

/// <summary>What the command line asked for.</summary>
internal sealed record QuickstartOptions
{
    public const string Help = """
        Runs RunAi in PowerShell, which NuGet has and which need not be installed.

          dotnet run --project src/RunAi.Quickstart                           the story of samples/iris.ps1: each
                                                                              command and what it answers
          dotnet run --project src/RunAi.Quickstart -- -File x.ps1 [args]     runs a script
          dotnet run --project src/RunAi.Quickstart -- -Prompt                the prompt; exit leaves it

        The shell finds the module RunAi of the checkout this program was built in, by name.
        The story keeps its configuration in a temporary folder. -File and -Prompt use yours (RUNAI_CONFIG).

        Exit codes: the shell's, which are the script's or 1 after a terminating error; 1 when there is no PowerShell
        to start; 2 for a wrong command line; 130 after Ctrl+C.
        """;

    /// <summary>What to run.</summary>
    public QuickstartMode Mode { get; init; } = QuickstartMode.Story;

    /// <summary>The script of <see cref="QuickstartMode.File"/>, as it was typed.</summary>
    public string File { get; init; } = "";

    /// <summary>What stood behind the script.</summary>
    public IReadOnlyList<string> ScriptArguments { get; init; } = [];

    /// <summary>What is wrong with the command line, if anything is.</summary>
    public string? Fault { get; init; }

    /// <summary>Reads the command line. Switches may be written with one dash or two, in any case.</summary>
    public static QuickstartOptions Parse(string[] arguments) => (arguments is [] ? "" : SwitchName(arguments[0]), arguments.Length) switch
    {
        (_, 0) => new(),
        ("help" or "h" or "?", 1) => new() { Mode = QuickstartMode.Help },
        ("prompt", 1) => new() { Mode = QuickstartMode.Prompt },
        ("file" or "f", 1) => new() { Fault = $"'{arguments[0]}' needs a script: -File x.ps1" },
        ("file" or "f", _) => new() { Mode = QuickstartMode.File, File = arguments[1], ScriptArguments = arguments[2..] },
        ("help" or "h" or "?" or "prompt", _) => NotUnderstood(arguments[1]),
        _ => NotUnderstood(arguments[0]),
    };

    private static QuickstartOptions NotUnderstood(string argument) =>
        new() { Fault = $"'{argument}' is not understood. --help lists what is." };

    private static string? SwitchName(string argument)
    {
        var name = argument.TrimStart('-');
        return name.Length < argument.Length ? name.ToLowerInvariant() : null;
    }
}
