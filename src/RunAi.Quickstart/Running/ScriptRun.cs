using RunAi.Quickstart.Hosting;

namespace RunAi.Quickstart.Running;

/// <summary>Runs a whole script, without showing its commands.</summary>
internal static class ScriptRun
{
    public static int Run(ShellSession session, Terminal terminal, string path, IEnumerable<string> arguments)
    {
        if (!File.Exists(path))
        {
            terminal.WriteErrorLine($"There is no script '{path}'.", ConsoleColor.Red);
            return ExitCodes.WrongCommandLine;
        }

        var script = ParsedScript.Read(path);
        foreach (var fault in script.Faults)
        {
            terminal.WriteErrorLine(fault, ConsoleColor.Red);
        }

        if (script.Faults.Count > 0)
        {
            return ExitCodes.TerminatingError;
        }

        var outcome = session.RunBlock(script.Tree.GetScriptBlock(), ScriptArguments.ToCommandText(arguments));
        return session.ExitCode ?? ExitCodes.Of(outcome);
    }
}
