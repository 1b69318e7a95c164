using System.Diagnostics;
using System.Reflection;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>The quickstart as a program of its own, as <c>dotnet run</c> starts it.</summary>
internal static class Quickstart
{
    private static readonly string Configuration =
        typeof(Quickstart).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;

    /// <summary>The folder it was built into.</summary>
    public static string Folder { get; } = Path.Combine(Checkout.Root, "src", "RunAi.Quickstart", "bin", Configuration, "net10.0");

    /// <summary>Runs it to its end, which must be a good one, and gives the lines it wrote.</summary>
    /// <param name="configuration">The configuration file it finds.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<string[]> RunAsync(string configuration, params string[] arguments)
    {
        var cache = Path.Combine(Path.GetDirectoryName(configuration)!, "cache");
        var ended = await EndAsync(new Dictionary<string, string> { ["RUNAI_CONFIG"] = configuration, ["RUNAI_CACHE"] = cache }, arguments);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended.Lines;
    }

    /// <summary>Runs it to its end, whichever that is.</summary>
    /// <param name="environment">What its environment has beside this process's.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<QuickstartEnd> EndAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output.Split('\n', StringSplitOptions.TrimEntries), await errors);
    }

    /// <summary>Starts it, with standard input, output and error in the caller's hands.</summary>
    /// <param name="environment">What its environment has beside this process's.</param>
    /// <param name="arguments">Its command line.</param>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string[] command = [.. DefaultSignals.Prefix, "dotnet", Path.Combine(Folder, "RunAi.Quickstart.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
