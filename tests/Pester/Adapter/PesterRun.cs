using System.Text.Json;

namespace RunAi.Pester.Tests;

/// <summary>Runs test files in several shells at once and collects what they tell.</summary>
internal static class PesterRun
{
    /// <summary>Much more than a run takes on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Tests wait for processes more than they compute.</summary>
    private static readonly int Shells = Environment.ProcessorCount + 1;

    /// <summary>Finds the tests of files without running them.</summary>
    public static Task<IReadOnlyList<PesterTest>> FindAsync(IReadOnlyList<string> files, CancellationToken token) =>
        RunAsync(files, [], onlyFind: true, token);

    /// <summary>Runs the tests of files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="lines">The tests as <c>file:line</c>; empty for all.</param>
    /// <param name="token">Ends the shells; what has no result by then has failed.</param>
    /// <returns>One entry for each test, and one for each file or block that failed apart from its tests.</returns>
    public static Task<IReadOnlyList<PesterTest>> RunAsync(
        IReadOnlyList<string> files, IReadOnlyList<string> lines, CancellationToken token) =>
        RunAsync(files, lines, onlyFind: false, token);

    private static async Task<IReadOnlyList<PesterTest>> RunAsync(
        IReadOnlyList<string> files, IReadOnlyList<string> lines, bool onlyFind, CancellationToken token)
    {
        var folder = Directory.CreateTempSubdirectory("runai-pester-").FullName;
        try
        {
            var planFile = Path.Combine(folder, "plan.json");
            await File.WriteAllTextAsync(planFile, JsonSerializer.Serialize(new PesterPlan(files, lines, onlyFind, folder)), token);
            var shells = onlyFind ? 1 : Math.Min(Shells, files.Count);
            var complaints = await Task.WhenAll(Enumerable.Range(0, shells).Select(_ => RunShellAsync(planFile, token)));
            return [.. files.SelectMany(file => Read(file, folder, complaints))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string?> RunShellAsync(string planFile, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Patience);
        using var shell = PesterShell.Start(planFile);
        return await shell.WaitAsync(patience.Token);
    }

    private static List<PesterTest> Read(string file, string folder, IEnumerable<string?> complaints)
    {
        var results = Path.Combine(folder, Path.GetFileName(file) + ".json");
        if (File.Exists(results))
        {
            return JsonSerializer.Deserialize<List<PesterTest>>(File.ReadAllText(results))!;
        }

        var why = string.Join('\n', complaints.OfType<string>().DefaultIfEmpty("No shell told why."));
        return [new PesterTest(file, "The file was run to its end", 0, "Failed", null, 0, why, null)];
    }
}
