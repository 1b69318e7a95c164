using System.Text;

namespace RunAi.StepRunner.Execution;

/// <summary>
/// Says why a program could not be found: the system gives one answer for a missing file and for a file whose interpreter is missing.
/// </summary>
internal static class MissingProgram
{
    private const int LongestLine = 256;
    private const int MostOfPath = 120;

    /// <summary>The failure of a command whose program was not found.</summary>
    /// <param name="program">The first word of the command.</param>
    public static RunnerException Of(string program) => new(ExitCodes.NotFound, Explain(program));

    private static string Explain(string program)
    {
        if (Find(program) is { } file)
        {
            return Interpreter(file) is not { } interpreter
                ? $"'{program}' is there, but not the loader that it needs: it was built for another system."
                : interpreter.EndsWith('\r')
                ? $"'{program}' begins with #!{interpreter.TrimEnd()} and a carriage return: its lines end as on Windows. Store it with "
                    + "line ends of Unix."
                : $"'{program}' begins with #!{interpreter}, and there is no such program in the image.";
        }

        var hint = program.Any(char.IsWhiteSpace) ? " It is one word with a blank in it: write the program and each argument apart." : "";
        return program.Contains('/')
            ? $"There is no program '{program}' in the image (the command starts in {Environment.CurrentDirectory}).{hint}"
            : $"There is no program '{program}' in the image (PATH is {Shortened(Environment.GetEnvironmentVariable("PATH") ?? "empty")})."
                + $"{hint}";
    }

    private static string Shortened(string path) => path.Length <= MostOfPath ? path : $"{path[..MostOfPath]}...";

    private static string? Find(string program) => program.Contains('/')
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>What the first line of a script names; null for what is no script.</summary>
    private static string? Interpreter(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var begin = new byte[LongestLine];
            var line = Encoding.UTF8.GetString(begin, 0, stream.Read(begin)).Split('\n')[0];
            return line.StartsWith("#!", StringComparison.Ordinal) ? line[2..].TrimStart() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
