namespace RunAi.StepRunner.Tests;

/// <summary>Programs that a test needs beside the runner. One that is not installed skips the test; in CI it fails it.</summary>
internal static class Programs
{
    public static void Require(string program)
    {
        var found = Find(program) is not null;
        var reason = $"{program} is not installed (.ci/step-runner installs it).";
        Assert.False(!found && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.IfNot(found, reason);
    }

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
