using System.Diagnostics;

namespace RunAi.EndToEnd.Tests;

/// <summary>The programs of others that the tests need. One that is not installed skips a test; in CI it fails it.</summary>
internal static class Peers
{
    public static void Require(params string[] programs)
    {
        var missing = programs.Where(p => Find(p) is null).ToArray();
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

    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
