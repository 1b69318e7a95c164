using System.Globalization;
using System.Security.Cryptography;
using RunAi.Benchmarks.Submission;
using RunAi.Benchmarks.Waiting;
using RunAi.EndToEnd.Tests;

namespace RunAi.Benchmarks.Scale;

/// <summary>
/// What large numbers cost, once each, in a PowerShell process of its own: runs that are submitted, listed and filtered, and code and
/// artifacts of many files or of one large file: <c>dotnet run -c Release --project tests/Benchmarks -- scale [runs] [files] [GiB]</c>.
/// </summary>
internal sealed class ScaleReport : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-scale-");
    private readonly BenchmarkShell _shell = new();
    private readonly SimulatedCluster _cluster = new(firstEnd: 36_000);

    public static async Task RunAsync(string[] arguments)
    {
        using var report = new ScaleReport();
        report.Runs(Number(0, 10_000));
        await report.TransferAsync(Number(1, 100_000), Number(2, 5));

        int Number(int at, int usual) => arguments.Length > at ? int.Parse(arguments[at], CultureInfo.InvariantCulture) : usual;
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Runs(int count)
    {
        Heading();
        Tell("a process that imports the module", _shell.Run("../Submission/Import.ps1"));
        _shell.Run("../Submission/Register.ps1", _cluster);
        foreach (var number in new[] { 1_000, count })
        {
            Tell($"{number} steps piped to Submit-RunAiStep", Run("Submit.ps1", ("COUNT", $"{number}")));
        }

        foreach (var (what, filter) in new[]
        {
            ("all runs listed", "Get-RunAiStepRun"), ("the newest 10", "Get-RunAiStepRun -First 10"), (
                "those of a step", "Get-RunAiStepRun -StepName scale-7"),
            ("those with a tag", "Get-RunAiStepRun -Tag @{ fold = '3' }"), ("one by its key", "Get-RunAiStepRun -RunKey scale/17"),
        })
        {
            Tell($"{what}: {filter}", Run("List.ps1", ("COMMAND", filter)));
        }
    }

    private async Task TransferAsync(int files, int gibibytes)
    {
        using var registry = await RegistryProcess.StartAsync(_folder.FullName);
        BusyBoxImage.WriteLayout(Path.Combine(_folder.FullName, "base"));
        WriteMany(files);
        WriteLarge(gibibytes);

        // What changed a moment ago could change again without its times telling, so it is never taken for unchanged.
        await Task.Delay(TimeSpan.FromSeconds(3));
        foreach (var (what, source) in new[] { ($"{files} files of 1 KB", "many"), ($"a file of {gibibytes} GiB", "large") })
        {
            (string, string)[] settings =
            [
                ("SOURCE", Path.Combine(_folder.FullName, source)), ("BASE", $"oci:{_folder.FullName}/base"),
                ("REGISTRY", $"{registry.Host}/scale/{source}"), ("STORE", $"file:{_folder.FullName}/store"),
                ("TARGET", Path.Combine(_folder.FullName, "got", source)),
            ];
            Tell($"{what}: to an image in a registry", Run("Image.ps1", settings));
            Tell("  the same again, unchanged", Run("Image.ps1", settings));
            Tell("  to an artifact store on this machine", Run("Publish.ps1", settings));
            Tell("  and back", Run("Save.ps1", settings));
        }
    }

    private ProcessFigures Run(string script, params (string Name, string Value)[] settings) =>
        _shell.Run($"../Scale/{script}", _cluster, settings.ToDictionary(setting => "SCALE_" + setting.Name, setting => setting.Value));

    private static void Heading() =>
        Console.WriteLine($"{"a whole process, once",-64} {"wall s",8} {"processor s",12} {"working set MiB",16}");

    private static void Tell(string what, ProcessFigures figures) =>
        Console.WriteLine($"{what,-64} {figures.Wall / 1_000,8:0.0} {figures.Processor / 1_000,12:0.0} {figures.Memory / (1 << 20),16:0}");

    private void WriteMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var folder = Path.Combine(_folder.FullName, "many", $"{i / 1_000:000}");
            if (i % 1_000 == 0)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllText(Path.Combine(folder, $"{i:000000}.py"), string.Concat(Enumerable.Repeat($"print({i})\n", 80)));
        }
    }

    /// <summary>Half of each block is noise, half compresses.</summary>
    private void WriteLarge(int gibibytes)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "large"));
        using var file = File.Create(Path.Combine(_folder.FullName, "large", "weights.bin"));
        var block = new byte[BlockSize];
        for (var i = 0; i < gibibytes << 10; i++)
        {
            RandomNumberGenerator.Fill(block.AsSpan(0, BlockSize / 2));
            file.Write(block);
        }
    }
}
