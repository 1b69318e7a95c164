using System.IO.Compression;
using System.Text.Json.Nodes;
using RunAi.Content;
using RunAi.Images;
using RunAi.Tests.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>Pushes of large layers to a real registry that is killed in their middle, and of a large file.</summary>
public sealed class InterruptedPushTests : IDisposable
{
    private const int Chunk = 1 << 20;
    private const int Chunks = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-push-").FullName;

    public InterruptedPushTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "src"));
        new SampleImage(padding: 100_000).WriteLayout(Path.Combine(_folder, "base"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task RegistryKilled_IsSaid_AndTheSecondTrySendsOnlyWhatIsMissing()
    {
        Peers.Require("docker-registry", "skopeo");
        WriteNoise();
        using var registry = await RegistryProcess.StartAsync(_folder);
        var broken = new InterruptingLog("PATCH", 5, registry.Kill);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => BuildAsync(registry, broken, retries: 1));
        registry.StartAgain();
        await registry.AnswersAsync();
        var again = new InterruptingLog("", 0, () => { });
        var image = await BuildAsync(registry, again, retries: 1);

        Assert.Equal(ErrorIds.RegistryUnreachable, error.ErrorId);
        Assert.Contains(registry.Host, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(broken.Requests, line => line.Contains("/manifests/", StringComparison.Ordinal)
            && line.StartsWith("PUT", StringComparison.Ordinal));
        var runner = Assert.Single(image.Layers, layer => layer.Origin == "Runner");
        Assert.Single(
            broken.Requests, line => line.StartsWith("PUT", StringComparison.Ordinal) && line.Contains(" 201 ", StringComparison.Ordinal));
        Assert.InRange(image.Uploaded, Chunk * Chunks, image.Size - runner.Size);
        Assert.Equal(2 + 1, again.Requests.Count(line => line.StartsWith("POST", StringComparison.Ordinal)));
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
    }

    [SkippableFact]
    public async Task RegistryKilledAndBack_GoesOnWhereItWas()
    {
        Peers.Require("docker-registry", "skopeo");
        WriteNoise();
        using var registry = await RegistryProcess.StartAsync(_folder);
        var log = new InterruptingLog("PATCH", 5, () =>
        {
            registry.Kill();
            registry.StartAgain();
        });

        var image = await BuildAsync(registry, log, retries: 10_000);

        // As many chunks as if nothing had happened: none was sent twice.
        var code = image.Layers.Single(layer => layer.Origin == "Code");
        Assert.Equal((code.Size + Chunk - 1) / Chunk, log.Requests.Count(line => line.StartsWith("PATCH", StringComparison.Ordinal)
            && line.Contains(" 202 ", StringComparison.Ordinal)));
        Assert.Contains(log.Requests, line => line.Contains(" failed after ", StringComparison.Ordinal));
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
    }

    /// <summary><c>RUNAI_TEST_LARGE_MIB=5120</c> makes it a file of five gigabytes.</summary>
    [SkippableFact]
    public async Task LargeSparseFile_ArrivesWhole()
    {
        Peers.Require("docker-registry", "skopeo");
        var size = (long.TryParse(Environment.GetEnvironmentVariable("RUNAI_TEST_LARGE_MIB"), out var told) ? told : 80) << 20;
        using (var file = File.Create(Path.Combine(_folder, "src", "large.bin")))
        {
            file.SetLength(size);
            file.Position = size - 3;
            file.Write("end"u8);
        }

        using var registry = await RegistryProcess.StartAsync(_folder);

        var image = await BuildAsync(registry, new InterruptingLog("", 0, () => { }), retries: 1);

        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
        var config = JsonNode.Parse(Peers.Run("skopeo", "inspect", "--config", "--tls-verify=false", $"docker://{image.Reference}"))!;
        using var layer = new GZipStream(
            File.OpenRead(Path.Combine(_folder, "dir", Digest.Hex(image.Layers[^1].Digest))), CompressionMode.Decompress);
        using var plain = new HashingStream(Stream.Null);
        await layer.CopyToAsync(plain);
        Assert.InRange(plain.Length, size, size + 20_000);
        Assert.Equal((string?)config["rootfs"]!["diff_ids"]!.AsArray()[^1], plain.TakeDigest());
    }

    private void WriteNoise()
    {
        var noise = new byte[Chunk * Chunks];
        new Random(7).NextBytes(noise);
        File.WriteAllBytes(Path.Combine(_folder, "src", "noise.bin"), noise);
    }

    private async Task<StepImage> BuildAsync(RegistryProcess registry, IActivityLog log, int retries)
    {
        // One after the other, so that the runner's layer is there when the code's is interrupted.
        var options = new RegistryOptions
        {
            ChunkSize = Chunk,
            Parallel = 1,
            Retries = retries,
            RetryDelay = TimeSpan.FromMilliseconds(20),
        };
        using var transport = new RegistryTransport(options);
        using var hosts = new RegistryHosts(transport, new Login(null, null), log);
        var request = new ImageBuildRequest(
            Path.Combine(_folder, "src"), ImageLocation.Parse($"oci:{_folder}/base"), ImageLocation.Parse($"{registry.Host}/team/steps"));
        return await new LayerImageBuilder(hosts, options, SampleRunner.In(_folder), new QuietLog()).BuildAsync(request, _ => { }, default);
    }
}
