using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using RunAi.Content;
using RunAi.EndToEnd.Tests;
using RunAi.Images;
using RunAi.Tests.Images;

namespace RunAi.Benchmarks.Images;

/// <summary>
/// From changed code to an image in a registry on this machine, against a bare upload of bytes that are compressed already, and against
/// buildah. One file of the folder changes before each. <c>RUNAI_BENCHMARK_MIB</c> sets the folder's size.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 10)]
public class ImagePushBenchmark
{
    private const int FileSize = 64 << 10;

    private static readonly int MiB =
        int.TryParse(Environment.GetEnvironmentVariable("RUNAI_BENCHMARK_MIB"), CultureInfo.InvariantCulture, out var size) ? size : 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-benchmark-").FullName;
    private readonly HttpClient _http = new();
    private readonly RegistryTransport _transport = new(new RegistryOptions());
    private RegistryProcess _registry = null!;
    private StepImages _images = null!;
    private byte[] _layer = [];
    private int _changes;

    private string Source => Path.Combine(_folder, "src");

    [GlobalSetup]
    public async Task Setup()
    {
        WriteCode();
        BusyBoxImage.WriteLayout(Path.Combine(_folder, "base"));
        _registry = await RegistryProcess.StartAsync(_folder);
        _images = new StepImages(
            _transport, new Login(null, null), SampleRunner.FilesIn(_folder), SampleRunner.CacheIn(_folder),
            Environment.GetEnvironmentVariable, new QuietLog());
        using (var layer = CodeLayer.Create(SourceFolder.Read(Source, default), "/workspace", SampleRunner.CacheIn(_folder), default))
        {
            _layer = await File.ReadAllBytesAsync(layer.Blob.Location);
        }

        Console.WriteLine($"// {MiB} MiB of code, {_layer.Length / 1024.0 / 1024:0.0} MiB compressed");
        var image = await BuildAsync($"oci:{_folder}/base", "base");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Dockerfile"), $"FROM {image.Reference}\nCOPY src /workspace\n");
        BuildahBuildAndPush();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _registry.Dispose();
        _transport.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [IterationSetup(Targets = [nameof(BareUpload), nameof(RunAi), nameof(BuildahBuildAndPush)])]
    public void Change() => File.WriteAllText(Path.Combine(Source, "00000.py"), $"print({++_changes})\n");

    [Benchmark(Baseline = true), BenchmarkCategory("Changed")]
    public async Task BareUpload()
    {
        // The registry takes bytes that it has as it takes others; a HEAD that would find them is not sent.
        var repository = new Uri($"http://{_registry.Host}/v2/bare/steps/");
        using var begun = await _http.PostAsync(new Uri(repository, "blobs/uploads/"), null);
        var session = begun.EnsureSuccessStatusCode().Headers.Location!;
        using var content = new ByteArrayContent(_layer);
        using var put = await _http.PutAsync(new Uri($"{session}&digest={Uri.EscapeDataString(Digest.Of(_layer))}"), content);
        if (put.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException($"The registry said {put.StatusCode}.");
        }
    }

    [Benchmark, BenchmarkCategory("Changed")]
    public Task RunAi() => BuildAsync($"{_registry.Host}/team/base", "steps");

    [Benchmark, BenchmarkCategory("Changed")]
    public void BuildahBuildAndPush()
    {
        var image = $"{_registry.Host}/team/buildah:latest";
        Buildah("bud", "--isolation", "chroot", "--layers", "--tls-verify=false", "--quiet", "--tag", image, _folder);
        Buildah("push", "--tls-verify=false", "--quiet", image);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("Unchanged")]
    public void TarAndSha256()
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"tar -C {Source} -cf - . | sha256sum"]) { RedirectStandardOutput = true })!;
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
    }

    [Benchmark, BenchmarkCategory("Unchanged")]
    public Task RunAiUnchanged() => BuildAsync($"{_registry.Host}/team/base", "steps");

    private Task<StepImage> BuildAsync(string baseImage, string name)
    {
        var builder = new ImageBuilder { Name = "layers", Flavor = "Layer" };
        var request = new ImageBuildRequest(
            Source,
            ImageLocation.Parse(name == "base" ? baseImage : baseImage + ":v1"),
            ImageLocation.Parse($"{_registry.Host}/team/{name}"))
        { Tag = "v1" };
        return _images.BuildAsync(builder, request, _ => { }, default);
    }

    /// <summary>Text that compresses as code does, to about a quarter.</summary>
    private void WriteCode()
    {
        Directory.CreateDirectory(Source);
        var random = new Random(3);
        var words = Enumerable.Range(0, 3_000)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => (char)('a' + random.Next(26)))])).ToArray();
        for (var file = 0; file < MiB * (1 << 20) / FileSize; file++)
        {
            var text = new StringBuilder();
            while (text.Length < FileSize)
            {
                text.Append(' ', 4 * random.Next(4)).AppendJoin(
                    ' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(60) * random.Next(50)])).Append('\n');
            }

            File.WriteAllText(Path.Combine(Source, $"{file:00000}.py"), text.ToString());
        }
    }

    private void Buildah(params string[] arguments)
    {
        using var buildah = Process.Start(new ProcessStartInfo(
            "buildah", ["--root", $"{_folder}/buildah", "--runroot", $"{_folder}/buildah-run", "--storage-driver", "vfs", .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        buildah.StandardOutput.ReadToEnd();
        buildah.WaitForExit();
        if (buildah.ExitCode != 0)
        {
            throw new InvalidOperationException($"buildah ended with {buildah.ExitCode}.");
        }
    }
}
