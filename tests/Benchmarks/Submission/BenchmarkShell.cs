using System.Diagnostics;
using System.Text.Json;
using RunAi.Benchmarks.Waiting;

namespace RunAi.Benchmarks.Submission;

/// <summary>A PowerShell of its own, compiled ahead of time, with the module as it is packaged and a user's files of its own.</summary>
internal sealed class BenchmarkShell : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("runai-benchmark-");
    private readonly string _scripts = Path.Combine(Checkout, "tests", "Benchmarks", "Submission");
    private readonly string _shell;

    /// <summary>Builds the shell and lays the module out.</summary>
    public BenchmarkShell()
    {
        Build("tests/RunAi.Shell");
        Build("src/RunAi.Module", $"-p:LayoutRoot={Path.Combine(_home.FullName, "modules")}");
        _shell = Path.Combine(Checkout, "tests", "RunAi.Shell", "bin", "Release", "pwsh.dll");
        Module = Directory.GetFiles(Path.Combine(_home.FullName, "modules", "RunAi"), "RunAi.psd1", SearchOption.AllDirectories).Single();
    }

    /// <summary>The root of the checkout that this program was built in.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>The manifest of the module.</summary>
    public string Module { get; }

    /// <summary>Runs a script of this folder in a new process.</summary>
    /// <param name="script">The file's name.</param>
    /// <param name="cluster">What it submits to; null for a script that submits nothing.</param>
    /// <param name="variables">More variables of its environment.</param>
    public ProcessFigures Run(string script, SimulatedCluster? cluster = null, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo("dotnet", [_shell, "-NoProfile", "-NonInteractive", "-File", Path.Combine(_scripts, script)])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["HOME"] = _home.FullName,
                ["RUNAI_CONFIG"] = Path.Combine(_home.FullName, "config"),
                ["RUNAI_STATE"] = Path.Combine(_home.FullName, "state"),
                ["BENCHMARK_MODULE"] = Module,
                ["BENCHMARK_URI"] = cluster?.Uri,
                ["BENCHMARK_CLIENT"] = cluster?.ClientId,
                ["BENCHMARK_SECRET"] = cluster?.ClientSecret,
            },
        };
        foreach (var variable in variables ?? new Dictionary<string, string>())
        {
            start.Environment[variable.Key] = variable.Value;
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        process.WaitForExit();
        var wall = watch.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {string.Join('\n', output)}");
        }

        // The process tells at its very end what it has used.
        var figures = JsonDocument.Parse(output[^1]).RootElement;
        return new ProcessFigures(wall, figures.GetProperty("processor").GetDouble(), figures.GetProperty("memory").GetDouble(), figures);
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static void Build(params string[] arguments)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-v", "quiet", "--nologo", .. arguments])
        {
            WorkingDirectory = Checkout,
        })!;
        build.WaitForExit();
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet build {arguments[0]} ended with {build.ExitCode}.");
        }
    }

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RunAi.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmarks are to be built in the checkout.");
    }
}
