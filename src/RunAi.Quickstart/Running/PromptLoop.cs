using System.Management.Automation.Language;
using RunAi.Quickstart.Hosting;

namespace RunAi.Quickstart.Running;

/// <summary>A small prompt: reads commands, over several lines while they are incomplete, and runs them.</summary>
internal static class PromptLoop
{
    public const string Prompt = "PS> ";
    public const string Continuation = ">> ";

    /// <summary>Runs until <c>exit</c> or the end of standard input. Prompts are shown to people only.</summary>
    public static int Run(ShellSession session, Terminal terminal)
    {
        var shown = !Console.IsInputRedirected;
        if (shown)
        {
            terminal.WriteLine("Get-Command -Module RunAi lists the commands; exit leaves.");
        }

        while (session.ExitCode is null && ReadCommand(terminal, shown) is { } command)
        {
            session.RunText(command);
        }

        return session.ExitCode ?? ExitCodes.Success;
    }

    private static string? ReadCommand(Terminal terminal, bool shown)
    {
        var text = ReadLine(terminal, shown ? Prompt : "");
        while (text is not null && IsIncomplete(text) && ReadLine(terminal, shown ? Continuation : "") is { } more)
        {
            text += "\n" + more;
        }

        return text;
    }

    private static string? ReadLine(Terminal terminal, string prompt)
    {
        terminal.Write(prompt, ConsoleColor.Cyan);
        return Console.ReadLine();
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
