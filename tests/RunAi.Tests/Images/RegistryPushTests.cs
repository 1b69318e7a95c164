using System.Net;
using System.Net.Http.Headers;
using RunAi.Content;

namespace RunAi.Tests.Images;

/// <summary>Pushes to registries that refuse or lack a part of the protocol.</summary>
public sealed class RegistryPushTests : IDisposable
{
    private const int Large = 200_000;

    private readonly ImageBench _bench = new();

    public RegistryPushTests() => _bench.Write("train.py", "print('hi')");

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.MethodNotAllowed)]
    public async Task Mount_Refused_EndsInAPlainUpload(HttpStatusCode status)
    {
        _bench.Registry.Before = request => IsMount(request) ? FakeRegistry.Status(status) : null;

        await _bench.BuildAsync();

        Assert.True(_bench.Registry.Blobs.ContainsKey(("steps", Digest.Of(_bench.Base.Layer))));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task Mount_TokenForTwoRepositoriesRefused_EndsInAPlainUpload(HttpStatusCode status)
    {
        _bench.Registry.Before = request =>
            request.RequestUri!.Host == "auth.test"
                ? request.RequestUri.Query.Split("scope=").Length > 2
                    ? FakeRegistry.Status(status)
                    : FakeRegistry.Status(HttpStatusCode.OK, $$"""{"token":"{{request.RequestUri.Query}}"}""")
            : request.Headers.Authorization is not null && !IsMount(request) ? null
            : Challenge();

        await _bench.BuildAsync();

        Assert.True(_bench.Registry.Blobs.ContainsKey(("steps", Digest.Of(_bench.Base.Layer))));
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(404, 2)]
    [InlineData(405, 1)]
    [InlineData(413, 1)]
    [InlineData(416, 2)]
    [InlineData(501, 1)]
    public async Task Chunks_Refused_TheBlobGoesInOneRequest(int status, int most)
    {
        var digest = await PushLargeAsync(request => request.Method.Method == "PATCH" ? FakeRegistry.Status((HttpStatusCode)status) : null);

        Assert.InRange(_bench.Registry.Count("PATCH"), 1, most);
        Assert.Equal(digest, Digest.Of(_bench.Registry.Blobs[("steps", digest)]));
    }

    [Fact]
    public async Task Chunks_SecondRefusedWith416_TheBlobGoesInOneRequest()
    {
        var chunks = 0;
        var digest = await PushLargeAsync(request =>
            request.Method.Method == "PATCH" && ++chunks > 1 ? FakeRegistry.Status(HttpStatusCode.RequestedRangeNotSatisfiable) : null);

        Assert.InRange(chunks, 2, 3);
        Assert.Equal(digest, Digest.Of(_bench.Registry.Blobs[("steps", digest)]));
    }

    [Fact]
    public async Task TooLarge_ForAProxyInBetween_IsToldOnce()
    {
        List<string> refused = [];
        var error = await Assert.ThrowsAsync<ImageBuildException>(() => PushLargeAsync(request =>
            request.Content?.Headers.ContentLength > 50_000 && AddTo(refused, request)
                ? FakeRegistry.Status(HttpStatusCode.RequestEntityTooLarge)
                : null));

        Assert.Contains("413", error.Message, StringComparison.Ordinal);
        Assert.Contains("limits the size of a request", error.Message, StringComparison.Ordinal);
        Assert.Equal(["PATCH", "PUT"], refused);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("host")]
    [InlineData("query")]
    [InlineData("http")]
    public async Task Location_OfAnyForm_IsFollowed(string form)
    {
        var hosts = new HashSet<string>();
        var store = new UploadsElsewhere(_bench.Registry, form);
        _bench.Registry.Before = request =>
        {
            hosts.Add($"{request.RequestUri!.Scheme}://{request.RequestUri.Host}");
            return store.Answer(request);
        };

        var image = await _bench.BuildAsync();

        Assert.All(
            image.Layers, layer => Assert.True(store.Has(layer.Digest) || _bench.Registry.Blobs.ContainsKey(("steps", layer.Digest))));
        Assert.Equal(form == "host" ? ["https://registry.test", "https://uploads.test"] : ["https://registry.test"], hosts.Order());
        Assert.True(store.Count > 0);
    }

    [Fact]
    public async Task Token_ThatEndsInMidPush_IsRenewed()
    {
        var (given, left) = (0, 0);
        var digest = await PushLargeAsync(request =>
        {
            if (request.RequestUri!.Host == "auth.test")
            {
                left = 3;
                return FakeRegistry.Status(HttpStatusCode.OK, $$"""{"token":"t{{++given}}"}""");
            }

            return request.Headers.Authorization?.Parameter == $"t{given}" && left-- > 0 ? null : Challenge();
        });

        Assert.True(given > 3);
        Assert.Equal(digest, Digest.Of(_bench.Registry.Blobs[("steps", digest)]));
    }

    [Theory]
    [InlineData(429, null)]
    [InlineData(429, 0)]
    [InlineData(503, null)]
    [InlineData(503, 0)]
    public async Task Busy_WithAndWithoutRetryAfter_IsAskedAgain(int status, int? seconds)
    {
        var busy = new Dictionary<string, int>();
        var digest = await PushLargeAsync(request =>
        {
            var times = busy[request.Method.Method] = busy.GetValueOrDefault(request.Method.Method) + 1;
            if (times > 2)
            {
                return null;
            }

            var answer = FakeRegistry.Status((HttpStatusCode)status);
            answer.Headers.RetryAfter = seconds is { } s ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(s)) : null;
            return answer;
        });

        Assert.Equal(digest, Digest.Of(_bench.Registry.Blobs[("steps", digest)]));
    }

    [Fact]
    public async Task ExpectedLeave_ThatAProxyDoesNotKnow_IsNoLongerAsked()
    {
        var refused = 0;
        _bench.Options.ChunkSize = 4 << 20;
        var digest = await PushLargeAsync(
            request => request.Headers.ExpectContinue == true && ++refused > 0
                ? FakeRegistry.Status(HttpStatusCode.ExpectationFailed)
                : null,
            3 << 20);

        Assert.Equal(1, refused);
        Assert.Equal(digest, Digest.Of(_bench.Registry.Blobs[("steps", digest)]));
    }

    /// <summary>Builds with a file that does not compress, in chunks of a quarter of it.</summary>
    private async Task<string> PushLargeAsync(Func<HttpRequestMessage, HttpResponseMessage?> before, int size = Large)
    {
        _bench.Options.ChunkSize = Math.Max(_bench.Options.ChunkSize == 64 << 20 ? Large / 3 : _bench.Options.ChunkSize, 1);
        var random = new byte[size];
        new Random(7).NextBytes(random);
        File.WriteAllBytes(Path.Combine(_bench.Source, "data.bin"), random);
        _bench.Registry.Before = before;
        return (await _bench.BuildAsync()).Layers[2].Digest;
    }

    private static bool AddTo(List<string> refused, HttpRequestMessage request)
    {
        refused.Add(request.Method.Method);
        return true;
    }

    private static bool IsMount(HttpRequestMessage request) => request.RequestUri!.Query.Contains("mount=", StringComparison.Ordinal);

    private static HttpResponseMessage Challenge()
    {
        var answer = FakeRegistry.Status(HttpStatusCode.Unauthorized);
        answer.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer realm=\"https://auth.test/token\",service=\"registry\"");
        return answer;
    }
}
