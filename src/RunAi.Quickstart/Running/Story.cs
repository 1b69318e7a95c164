using RunAi.Quickstart.Hosting;

namespace RunAi.Quickstart.Running;

/// <summary>Runs a script statement by statement and shows each command before its output, as if a user typed it.</summary>
internal static class Story
{
    public static int Tell(ShellSession session, Terminal terminal, string path)
    {
        var script = ParsedScript.Read(path);
        if (script.Faults.Count > 0)
        {
            terminal.WriteErrorLine(string.Join(Environment.NewLine, script.Faults), ConsoleColor.Red);
            return ExitCodes.TerminatingError;
        }

        foreach (var scene in SceneReader.Read(script))
        {
            Announce(terminal, scene);
            foreach (var statement in scene.Statements)
            {
                var outcome = session.RunBlock(statement);
                if (session.ExitCode is not null || outcome != Outcome.Completed)
                {
                    return session.ExitCode ?? ExitCodes.Of(outcome);
                }
            }
        }

        return ExitCodes.Success;
    }

    private static void Announce(Terminal terminal, Scene scene)
    {
        if (scene.StartsParagraph)
        {
            terminal.WriteLine();
        }

        foreach (var remark in scene.Remarks)
        {
            terminal.WriteLine(remark, ConsoleColor.Green);
        }

        var prompt = PromptLoop.Prompt;
        foreach (var line in scene.Command)
        {
            terminal.Write(prompt, ConsoleColor.Cyan);
            terminal.WriteLine(line);
            prompt = PromptLoop.Continuation;
        }
    }
}
