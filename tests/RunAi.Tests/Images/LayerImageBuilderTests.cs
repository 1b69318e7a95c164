using System.Net;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Images;

namespace RunAi.Tests.Images;

public sealed class LayerImageBuilderTests : IDisposable
{
    private readonly ImageBench _bench = new();

    public LayerImageBuilderTests() => _bench.Write("train.py", "print('hi')");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Build_NewImage_AppendsTheCodeAndNamesItByDigest()
    {
        var image = await _bench.BuildAsync(tag: "v1");

        var stored = _bench.Registry.Manifests[("steps", image.Digest)];
        var manifest = JObject.Parse(System.Text.Encoding.UTF8.GetString(stored.Bytes));
        var config = JObject.Parse(
            System.Text.Encoding.UTF8.GetString(_bench.Registry.Blobs[("steps", (string)manifest["config"]!["digest"]!)]));
        Assert.Equal($"{FakeRegistry.Host}/steps@{image.Digest}", image.Reference);
        Assert.Null(RunAi.Images.ImageReference.Flaw(image.Reference));
        Assert.Equal(image.Digest, Digest.Of(_bench.Registry.Manifests[("steps", "v1")].Bytes));
        Assert.Equal(["Base", "Runner", "Code"], image.Layers.Select(l => l.Origin));
        Assert.Equal(image.Layers.Select(l => l.Digest), manifest["layers"]!.Select(l => (string)l["digest"]!));
        Assert.All(image.Layers, l => Assert.Equal(l.Size, _bench.Registry.Blobs[("steps", l.Digest)].Length));
        Assert.Equal("/workspace", config["config"]!["WorkingDir"]);
        Assert.Equal("/bin/sh", config["config"]!["Entrypoint"]![0]);
        Assert.Equal(3, config["rootfs"]!["diff_ids"]!.Count());
        Assert.Equal(
            ["base", "RunAi: step runner", "RunAi: source at /workspace"], config["history"]!.Select(h => (string)h["created_by"]!));
        Assert.Equal(image.Layers.Skip(1).Sum(l => l.Size) + ((long)manifest["config"]!["size"]!), image.Uploaded);
    }

    [Fact]
    public async Task Build_UnchangedTree_UploadsNothingAndAsksLittle()
    {
        var first = await _bench.BuildAsync();
        _bench.Registry.Requests.Clear();
        File.SetLastWriteTimeUtc(Path.Combine(_bench.Source, "train.py"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var second = await _bench.BuildAsync();

        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal(0, second.Uploaded);
        Assert.DoesNotContain(_bench.Registry.Requests, r => r.StartsWith('P'));
        Assert.Equal(3, _bench.Registry.Requests.Count);
    }

    [Fact]
    public async Task Build_ChangedCode_UploadsTheCodeAndTheConfigurationOnly()
    {
        await _bench.BuildAsync();
        _bench.Registry.Requests.Clear();
        _bench.Write("train.py", "print('bye')");

        await _bench.BuildAsync();

        Assert.Equal(2, _bench.Registry.Count("PUT /v2/steps/blobs/uploads/"));
        Assert.Equal(1, _bench.Registry.Count("PUT /v2/steps/manifests/"));
        Assert.Equal(0, _bench.Registry.Count($"GET /v2/base/blobs/{Digest.Of(_bench.Base.Layer)}"));
    }

    [Fact]
    public async Task Build_WithoutSource_AddsTheRunnerAloneAndKeepsTheWorkingFolder()
    {
        await _bench.BuildAsync();
        _bench.Registry.Requests.Clear();

        var image = await _bench.BuildAsync(withSource: false);

        var stored = JObject.Parse(System.Text.Encoding.UTF8.GetString(_bench.Registry.Manifests[("steps", image.Digest)].Bytes));
        var config = JObject.Parse(
            System.Text.Encoding.UTF8.GetString(_bench.Registry.Blobs[("steps", (string)stored["config"]!["digest"]!)]));
        Assert.Equal(["Base", "Runner"], image.Layers.Select(l => l.Origin));
        Assert.Null(config["config"]!["WorkingDir"]);
        Assert.Equal(1, _bench.Registry.Count("PUT /v2/steps/blobs/uploads/"));
    }

    [Fact]
    public async Task Build_OnAnImageOfOurs_KeepsItsLayers()
    {
        var first = await _bench.BuildAsync();
        _bench.Write("train.py", "print('second')");

        var second = await _bench.BuildAsync(image: first.Reference);

        Assert.Equal(["Base", "Base", "Base", "Runner", "Code"], second.Layers.Select(l => l.Origin));
        Assert.Equal(first.Layers.Select(l => l.Digest), second.Layers.Take(3).Select(l => l.Digest));
        Assert.Equal(first.Reference, second.BaseImage);
    }

    [Fact]
    public async Task Build_OtherRepositoryOfTheRegistry_MountsTheBaseLayers()
    {
        await _bench.BuildAsync();

        Assert.Equal(1, _bench.Registry.Requests.Count(r => r.Contains("mount=sha256", StringComparison.Ordinal)
            && r.EndsWith("from=base", StringComparison.Ordinal)));
        Assert.Equal(0, _bench.Registry.Count($"GET /v2/base/blobs/{Digest.Of(_bench.Base.Layer)}"));
    }

    [Theory]
    [InlineData("steps", "")]
    [InlineData("docker", "docker.io/library/")]
    public async Task Build_OnScratch_IsTheAddedLayersAndAsksNoOther(string repository, string hub)
    {
        var image = await _bench.BuildAsync($"{FakeRegistry.Host}/{repository}", hub + "scratch");
        var again = await _bench.BuildAsync($"{FakeRegistry.Host}/{repository}", hub + "scratch");

        var manifest = JObject.Parse(System.Text.Encoding.UTF8.GetString(_bench.Registry.Manifests[(repository, image.Digest)].Bytes));
        var config = JObject.Parse(
            System.Text.Encoding.UTF8.GetString(_bench.Registry.Blobs[(repository, (string)manifest["config"]!["digest"]!)]));
        Assert.Equal(["Runner", "Code"], image.Layers.Select(l => l.Origin));
        Assert.Equal(("scratch", image.Digest, 0L), (image.BaseImage, again.Digest, again.Uploaded));
        Assert.Equal(
            ("linux", "amd64", "/workspace"),
            ((string)config["os"]!, (string)config["architecture"]!, (string)config["config"]!["WorkingDir"]!));
        Assert.Equal(MediaTypes.OciManifest, (string)manifest["mediaType"]!);
        Assert.DoesNotContain(_bench.Registry.Requests, r => r.Contains("scratch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_DockerBase_StaysInDockersFormat()
    {
        var docker = new SampleImage(docker: true);
        _bench.Registry.Seed("docker", "1", docker);

        var image = await _bench.BuildAsync(image: FakeRegistry.Host + "/docker:1");

        var (bytes, type) = _bench.Registry.Manifests[("steps", image.Digest)];
        Assert.Equal(MediaTypes.DockerManifest, type);
        Assert.Equal(MediaTypes.DockerLayer, JObject.Parse(System.Text.Encoding.UTF8.GetString(bytes))["layers"]![1]!["mediaType"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Upload_ResetInTheMiddle_GoesOnWhereItWas(int resets)
    {
        _bench.Options.ChunkSize = 50_000;
        var random = new byte[200_000];
        new Random(7).NextBytes(random);
        File.WriteAllBytes(Path.Combine(_bench.Source, "data.bin"), random);
        _bench.Registry.Resets = resets;

        var image = await _bench.BuildAsync();

        Assert.Equal(image.Layers[2].Digest, Digest.Of(_bench.Registry.Blobs[("steps", image.Layers[2].Digest)]));
        Assert.Equal(resets, _bench.Registry.Count("GET /v2/steps/blobs/uploads/"));
    }

    [Fact]
    public async Task Upload_ResetAndNoStatus_StartsAnew()
    {
        _bench.Registry.Resets = 1;
        _bench.Registry.KnowsNoUploadStatus = true;

        var image = await _bench.BuildAsync();

        Assert.True(_bench.Registry.Blobs.ContainsKey(("steps", image.Layers[2].Digest)));
    }

    [Fact]
    public async Task Upload_NeverThrough_SaysTheRegistryIsUnreachable()
    {
        _bench.Registry.Resets = 1000;

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.RegistryUnreachable, error.ErrorId);
        Assert.Contains(FakeRegistry.Host, error.Message, StringComparison.Ordinal);
        Assert.Equal(995, _bench.Registry.Resets);
    }

    [Fact]
    public async Task Fetch_BlobOfAnotherDigest_IsRefused()
    {
        var forged = _bench.Base.Config.ToArray();
        forged[^2] ^= 1;
        _bench.Registry.Blobs[("base", Digest.Of(_bench.Base.Config))] = forged;

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.ImageBuildFailed, error.ErrorId);
        Assert.Contains("digest", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Registry.Count("PUT"));
    }

    [Fact]
    public async Task Manifest_OfAnotherDigestThanAskedFor_IsRefused()
    {
        var asked = Digest.Of("other"u8.ToArray());
        _bench.Registry.Manifests[("base", asked)] = (_bench.Base.Manifest, _bench.Base.MediaType);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync(image: $"{FakeRegistry.Host}/base@{asked}"));

        Assert.Contains("digest", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_BrokenOffLayer_IsResumedByRange()
    {
        var target = _bench["layout"];
        var broke = 0;
        _bench.Registry.Before = request =>
            request.RequestUri!.AbsolutePath.EndsWith(Digest.Of(_bench.Base.Layer), StringComparison.Ordinal) && broke++ == 0
                ? new HttpResponseMessage { Content = new ByteArrayContent(_bench.Base.Layer, 0, 20) }
                : null;

        var image = await _bench.BuildAsync("oci:" + target);

        Assert.Equal(2, broke);
        Assert.Equal(_bench.Base.Layer, File.ReadAllBytes(Path.Combine(target, "blobs", "sha256", Digest.Hex(image.Layers[0].Digest))));
    }

    [Fact]
    public async Task Build_FromAndToLayouts_GivesTheDigestOfTheRegistry()
    {
        _bench.Base.WriteLayout(_bench["base"]);

        var there = await _bench.BuildAsync();
        var here = await _bench.BuildAsync("oci:" + _bench["out"], "oci:" + _bench["base"], "v1");
        var again = await _bench.BuildAsync("oci:" + _bench["out"], "oci:" + _bench["base"], "v1");

        Assert.Equal(there.Digest, here.Digest);
        Assert.Equal($"oci:{_bench["out"]}@{here.Digest}", here.Reference);
        Assert.Equal(0, again.Uploaded);
        Assert.Single(JObject.Parse(File.ReadAllText(Path.Combine(_bench["out"], "index.json")))["manifests"]!);
        Assert.Equal(there.Digest, (await _bench.BuildAsync("oci:" + _bench["two"], "oci:" + _bench["base"])).Digest);
    }

    [Fact]
    public async Task Index_ForAnotherPlatformOnly_NamesThoseThereAre()
    {
        var arm = new SampleImage(architecture: "arm64");
        _bench.Registry.Seed("base", "arm", arm);
        var index = new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciIndex,
            ["manifests"] = new JArray(new JObject
            {
                ["mediaType"] = arm.MediaType,
                ["digest"] = Digest.Of(arm.Manifest),
                ["size"] = arm.Manifest.Length,
                ["platform"] = new JObject { ["os"] = "linux", ["architecture"] = "arm64" },
            }),
        };
        _bench.Registry.Manifests[("base", "multi")] = (ManifestDocument.Json(index), MediaTypes.OciIndex);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync(image: FakeRegistry.Host + "/base:multi"));
        ((JArray)index["manifests"]!).Add(new JObject
        {
            ["mediaType"] = _bench.Base.MediaType,
            ["digest"] = Digest.Of(_bench.Base.Manifest),
            ["size"] = _bench.Base.Manifest.Length,
            ["platform"] = new JObject { ["os"] = "linux", ["architecture"] = "amd64" },
        });
        _bench.Registry.Manifests[("base", "multi")] = (ManifestDocument.Json(index), MediaTypes.OciIndex);
        var image = await _bench.BuildAsync(image: FakeRegistry.Host + "/base:multi");

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Contains("linux/arm64", error.Message, StringComparison.Ordinal);
        Assert.Equal(Digest.Of(_bench.Base.Layer), image.Layers[0].Digest);
    }

    [Fact]
    public async Task Manifest_NotThere_SaysWhichAndWhere()
    {
        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync(image: FakeRegistry.Host + "/base:nope"));

        Assert.Equal(ErrorIds.ImageNotFound, error.ErrorId);
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
        Assert.Contains("MANIFEST_UNKNOWN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_InTroubleForAWhile_IsAskedAgain()
    {
        var troubles = 2;
        _bench.Registry.Before = _ => troubles-- > 0 ? FakeRegistry.Status(HttpStatusCode.ServiceUnavailable) : null;

        var image = await _bench.BuildAsync();

        Assert.True(_bench.Registry.Manifests.ContainsKey(("steps", image.Digest)));
    }
}
