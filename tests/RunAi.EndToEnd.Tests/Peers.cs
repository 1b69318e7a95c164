using System.Diagnostics;

namespace RunAi.EndToEnd.Tests;

/// <summary>The programs of others that the tests need. One that is not installed skips a test; in CI it fails it.</summary>
internal static class Peers
{
    public static void Require(params string[] programs)
    {
        var missing = programs.Where(p => !OnPath(p)).ToArray();
        var reason = $"Not installed: {string.Join(", ", missing)} (.ci/registry installs them).";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.If(missing.Length > 0, reason);
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
