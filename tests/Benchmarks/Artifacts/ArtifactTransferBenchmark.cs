using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using RunAi.Artifacts;
using RunAi.EndToEnd.Tests;
using RunAi.Tests.Artifacts;

namespace RunAi.Benchmarks.Artifacts;

/// <summary>
/// Storing and fetching one large object, against curl on the same server with an address of the same store. <c>RUNAI_BENCHMARK_MIB</c>
/// sets
/// the size. What memory the process had above idle at the most is written at the end.
/// </summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByParams, BenchmarkLogicalGroupRule.ByCategory)]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 5)]
public class ArtifactTransferBenchmark
{
    private const string Key = "object";

    private static readonly int MiB =
        int.TryParse(Environment.GetEnvironmentVariable("RUNAI_BENCHMARK_MIB"), CultureInfo.InvariantCulture, out var size) ? size : 128;

    private readonly string _file = Path.GetTempFileName();
    private CephServer? _ceph;
    private AzuriteServer? _azurite;
    private IArtifactStore _store = null!;
    private IAddressSigner _signer = null!;
    private PeakMemory _memory = null!;

    [Params("Ceph", "Azurite")]
    public string Server { get; set; } = "";

    [GlobalSetup]
    public async Task Setup()
    {
        var bytes = new byte[1 << 20];
        using (var file = File.Create(_file))
        {
            for (var i = 0; i < MiB; i++)
            {
                Random.Shared.NextBytes(bytes);
                file.Write(bytes);
            }
        }

        var store = new ArtifactStore { Name = "benchmark", Credential = "{{env:KEY}}" };
        string secret;
        if (Server == "Ceph")
        {
            _ceph = new CephServer();
            (store.Uri, store.Endpoint, secret) = ($"s3://{await _ceph.NewBucketAsync()}", _ceph.Endpoint, _ceph.Login);
        }
        else
        {
            _azurite = new AzuriteServer();
            (store.Uri, secret) = ($"az+{_azurite.Endpoint}/{await _azurite.NewContainerAsync()}", _azurite.Key);
        }

        _store = await OpenedStore.OpenAsync(store, new() { ["KEY"] = secret });
        _signer = await _store.SignerAsync(TimeSpan.FromHours(2), CancellationToken.None);
        CurlUpload();

        // Idle is with the SDK loaded.
        await _store.WriteAsync("small", [1], CancellationToken.None);
        await _store.DownloadAsync("small", Stream.Null, _ => { }, CancellationToken.None);
        _memory = new PeakMemory();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        Console.WriteLine($"// {Server}, {MiB} MiB: {_memory.Stop() >> 20} MiB above idle at the most");
        _ceph?.Dispose();
        _azurite?.Dispose();
        File.Delete(_file);
    }

    [Benchmark, BenchmarkCategory("Upload")]
    public async Task Upload()
    {
        using var content = File.OpenRead(_file);
        await _store.UploadAsync(Key, content, _ => { }, CancellationToken.None);
    }

    [Benchmark, BenchmarkCategory("Download")]
    public Task Download() => _store.DownloadAsync(Key, Stream.Null, _ => { }, CancellationToken.None);

    [Benchmark(Baseline = true), BenchmarkCategory("Upload")]
    public void CurlUpload()
    {
        string[] headers = [.. _signer.PutHeaders.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" })];
        Curl([.. headers, "-T", _file, _signer.Put(Key)]);
    }

    [Benchmark(Baseline = true), BenchmarkCategory("Download")]
    public void CurlDownload() => Curl(["-o", "/dev/null", _signer.Get(Key)]);

    private static void Curl(string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-sSf", .. arguments]))!;
        curl.WaitForExit();
        if (curl.ExitCode != 0)
        {
            throw new InvalidOperationException($"curl ended with {curl.ExitCode}.");
        }
    }
}
