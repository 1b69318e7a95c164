namespace RunAi.StepRunner.Tests;

/// <summary>
/// The step runners under test: the one that a plain build makes, and the static one where it was built (<c>.ci/step-runner</c>). The
/// variable
/// <c>RUNAI_STEP_RUNNER</c> names another executable to test instead.
/// </summary>
public static class Runners
{
    public const string Plain = "any";
    private const string Static = "linux-x64";

    public static TheoryData<string> All => File.Exists(PathOf(Static)) || Environment.GetEnvironmentVariable("CI") == "true"
        ? [Plain, Static]
        : [Plain];

    internal static string PathOf(string runner) =>
        Environment.GetEnvironmentVariable("RUNAI_STEP_RUNNER") is { Length: > 0 } named
            ? named
            : Path.Combine(Checkout(), "module", "bin", "step-runner", runner, "step-runner");

    /// <summary>The static one; a test that needs it is skipped where there is none, and fails in CI.</summary>
    internal static string RequireStatic()
    {
        var path = PathOf(Static);
        var reason = $"There is no static step runner at {path} (.ci/step-runner builds it).";
        Assert.False(!File.Exists(path) && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.IfNot(File.Exists(path), reason);
        return path;
    }

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RunAi.psd1")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in a checkout.");
        }

        return folder;
    }
}
