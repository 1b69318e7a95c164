using System.Diagnostics;
using System.Text.Json;

namespace RunAi.Benchmarks.Waiting;

/// <summary>
/// The emulator in a process of its own, with room for everything at once; workloads named <c>bench-NN-*</c> run NN seconds longer than the
/// first.
/// </summary>
internal sealed class SimulatedCluster : IDisposable
{
    private readonly Process _process;
    private readonly string _seed = Path.GetTempFileName();

    /// <param name="firstEnd">The running time of those that run the shortest, in seconds.</param>
    public SimulatedCluster(int firstEnd)
    {
        var seed = new
        {
            projects = new[] { new { name = "demo", department = "research" } },
            nodes = new[] { new { name = "huge", cpuCores = 10_000_000, memory = "100Pi" } },
            timetable = new
            {
                outcomes = Enumerable.Range(0, 60).Select(i => new { name = $"bench-{i:00}-*", runningSeconds = (double)(firstEnd + i) }),
            },
        };
        File.WriteAllText(_seed, JsonSerializer.Serialize(seed));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var word in new[] { Emulator(), "--executor", "simulate", "--seed", _seed, "--parent", $"{Environment.ProcessId}" })
        {
            start.ArgumentList.Add(word);
        }

        _process = Process.Start(start)!;
        using var line = JsonDocument.Parse(
            _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start."));
        Uri = line.RootElement.GetProperty("uri").GetString()!;
        ClientId = line.RootElement.GetProperty("clientId").GetString()!;
        ClientSecret = line.RootElement.GetProperty("clientSecret").GetString()!;
    }

    public string Uri { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_seed);
    }

    /// <summary>The newest build of the emulator in this checkout.</summary>
    private static string Emulator()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var bin = new DirectoryInfo(Path.Combine(folder.FullName, "src", "RunAi.Emulator", "bin"));
            if (bin.Exists)
            {
                return bin.EnumerateFiles("RunAi.Emulator.dll", SearchOption.AllDirectories)
                    .OrderByDescending(file => file.LastWriteTimeUtc).First().FullName;
            }
        }

        throw new FileNotFoundException("Build src/RunAi.Emulator first.");
    }
}
