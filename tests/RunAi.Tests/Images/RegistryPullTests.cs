using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>Base images whose registry, index or layers are out of the ordinary.</summary>
public sealed class RegistryPullTests : IDisposable
{
    private const string Undistributed = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

    private readonly ImageBench _bench = new();

    public RegistryPullTests() => _bench.Write("train.py", "print('hi')");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.MethodNotAllowed)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task Head_RedirectedToStorageThatTakesGetAlone_FindsWhatIsThere(HttpStatusCode status)
    {
        await _bench.BuildAsync();
        _bench.Registry.Requests.Clear();
        _bench.Write("train.py", "print('bye')");
        _bench.Registry.Before = request =>
            request.RequestUri!.Host == "storage.test"
                ? request.Method == HttpMethod.Get ? FakeRegistry.Status(HttpStatusCode.OK) : FakeRegistry.Status(status)
            : request.Method == HttpMethod.Head && IsThere(request.RequestUri) ? Redirect("https://storage.test/blob?sig=1")
            : null;

        await _bench.BuildAsync();

        Assert.Equal(2, _bench.Registry.Count("PUT /v2/steps/blobs/uploads/"));
    }

    [Fact]
    public async Task Head_ThatARegistryDoesNotKnow_IsAskedByGet()
    {
        _bench.Registry.Before = request => request.Method == HttpMethod.Head ? FakeRegistry.Status(HttpStatusCode.MethodNotAllowed) : null;
        var first = await _bench.BuildAsync();
        _bench.Registry.Requests.Clear();

        var second = await _bench.BuildAsync();

        Assert.Equal((first.Digest, 0L), (second.Digest, second.Uploaded));
    }

    [Fact]
    public async Task Index_WithAttestations_GivesTheImage()
    {
        var image = new BlobDescriptor(_bench.Base.MediaType, Digest.Of(_bench.Base.Manifest), _bench.Base.Manifest.Length).Write();
        var attestation = new BlobDescriptor(MediaTypes.OciManifest, Digest.Of("attestation"u8.ToArray()), 3).Write();
        attestation["platform"] = new JObject { ["os"] = "unknown", ["architecture"] = "unknown" };
        attestation["annotations"] = new JObject { ["vnd.docker.reference.type"] = "attestation-manifest" };
        var index = new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciIndex,
            ["manifests"] = new JArray(attestation, image),
        };
        _bench.Registry.Manifests[("base", "indexed")] = (Encoding.UTF8.GetBytes(index.ToString()), MediaTypes.OciIndex);

        var built = await _bench.BuildAsync(image: FakeRegistry.Host + "/base:indexed");

        Assert.Equal(Digest.Of(_bench.Base.Layer), built.Layers[0].Digest);
    }

    [Fact]
    public async Task Layer_ThatMustNotBeDistributed_StaysWhereItIsAndInTheManifest()
    {
        var manifest = JObject.Parse(Encoding.UTF8.GetString(_bench.Base.Manifest));
        manifest["layers"]![0]!["mediaType"] = Undistributed;
        manifest["layers"]![0]!["urls"] = new JArray("https://vendor.test/layer");
        _bench.Registry.Manifests[("base", "foreign")] = (Encoding.UTF8.GetBytes(manifest.ToString()), MediaTypes.OciManifest);
        _bench.Registry.Blobs.TryRemove(("base", Digest.Of(_bench.Base.Layer)), out _);

        var built = await _bench.BuildAsync(image: FakeRegistry.Host + "/base:foreign");

        var stored = JObject.Parse(Encoding.UTF8.GetString(_bench.Registry.Manifests[("steps", built.Digest)].Bytes))["layers"]![0]!;
        Assert.Equal((Undistributed, "https://vendor.test/layer"), ((string)stored["mediaType"]!, (string)stored["urls"]![0]!));
        Assert.DoesNotContain(
            _bench.Registry.Requests, request => request.Contains(Digest.Of(_bench.Base.Layer), StringComparison.Ordinal));
    }

    [Fact]
    public void TemporaryBlobs_OfAKilledBuild_AreSweptAndOthersStay()
    {
        using var folder = new TemporaryFolder();
        var now = TimeProvider.System.GetUtcNow();
        string[] names = ["runai-0123456789abcdef0123456789abcdef.blob", "runai-fedcba9876543210fedcba9876543210.blob", "runai-mine.blob"];
        foreach (var name in names)
        {
            File.WriteAllText(folder[name], "x");
            File.SetLastWriteTimeUtc(folder[name], (now - TimeSpan.FromDays(name == names[1] ? 0 : 2)).UtcDateTime);
        }

        BlobFile.Sweep(folder.Location, now);

        Assert.Equal(names.Skip(1), Directory.GetFiles(folder.Location).Select(Path.GetFileName).Order());
    }

    private bool IsThere(Uri address) =>
        address.AbsolutePath.StartsWith("/v2/steps/blobs/", StringComparison.Ordinal)
        && _bench.Registry.Blobs.ContainsKey(("steps", address.Segments[^1]));

    private static HttpResponseMessage Redirect(string target)
    {
        var answer = FakeRegistry.Status(HttpStatusCode.TemporaryRedirect);
        answer.Headers.Location = new Uri(target);
        return answer;
    }
}
