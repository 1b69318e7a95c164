using System.Diagnostics;
using System.Globalization;
using RunAi.Chaos.Tests.Clients;

namespace RunAi.Chaos.Tests.Deaths;

/// <summary>
/// A process that submits one run and kills itself at its n-th use of store or control plane: before it, or after it took effect. It tells
/// each step on its standard output, and the last of a whole submission is <see cref="Finished"/>.
/// </summary>
internal static class DyingSubmission
{
    public const string Finished = "finished";
    public const string SecretVariable = "RUNAI_CHAOS_SECRET";

    /// <param name="arguments">URL, client id, project, folder of the records, run key, and the step to die at; 0 for none.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var access = new ChaosAccess(arguments[0], arguments[1], Environment.GetEnvironmentVariable(SecretVariable)!, arguments[2]);
        var (steps, at) = (0, int.Parse(arguments[5], CultureInfo.InvariantCulture));
        using var client = new ChaosClient(access, arguments[3], what =>
        {
            Console.Out.WriteLine(what);
            Console.Out.Flush();
            if (Interlocked.Increment(ref steps) == at)
            {
                using var self = Process.GetCurrentProcess();
                self.Kill();
                self.WaitForExit();
            }
        });
        await client.SubmitAsync(arguments[4]);
        Console.Out.WriteLine(Finished);
        return 0;
    }

    /// <summary>Starts it and gives the steps it took.</summary>
    public static async Task<IReadOnlyList<string>> StartAsync(ChaosAccess access, string folder, string key, int at)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [
                typeof(DyingSubmission).Assembly.Location, access.Uri, access.ClientId, access.Project, folder, key,
                at.ToString(CultureInfo.InvariantCulture),
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[SecretVariable] = access.Secret;
        using var process = Process.Start(start)!;
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return told.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
