using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.Quickstart;

/// <summary>The .NET command line, run to its end.</summary>
internal static class Dotnet
{
    /// <summary>The program: the one that runs this one, or else that of the PATH.</summary>
    public static string Program => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Runs a command and gives its exit code with what it wrote.</summary>
    /// <param name="folder">The folder to run it in.</param>
    /// <param name="arguments">The command.</param>
    /// <exception cref="QuickstartException">There is no such program.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No greeting before the answer.
            Environment = { ["DOTNET_NOLOGO"] = "1" },
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output.Trim(), (await errors).Trim());
        }
        catch (Win32Exception e)
        {
            throw new QuickstartException($"'{Program}' could not be started ({e.Message}). Put the folder of the .NET SDK on the PATH.");
        }
    }
}
