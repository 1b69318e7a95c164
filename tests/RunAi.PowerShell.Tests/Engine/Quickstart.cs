using System.Diagnostics;
using System.Reflection;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>The quickstart as a program of its own.</summary>
internal static class Quickstart
{
    /// <summary>Runs it to its end, which must be a good one, and gives the lines it wrote.</summary>
    /// <param name="configuration">The configuration file it finds.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<string[]> RunAsync(string configuration, params string[] arguments)
    {
        var built = typeof(Quickstart).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;
        var program = Path.Combine(Checkout.Root, "src", "RunAi.Quickstart", "bin", built, "net10.0", "RunAi.Quickstart.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["RUNAI_CONFIG"] = configuration, ["RUNAI_CACHE"] = Path.Combine(Path.GetDirectoryName(configuration)!, "cache") },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {output}\n{await errors}");
        return output.Split('\n', StringSplitOptions.TrimEntries);
    }
}
