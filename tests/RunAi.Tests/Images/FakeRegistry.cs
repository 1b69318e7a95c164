using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Web;
using RunAi.Content;

namespace RunAi.Tests.Images;

/// <summary>A registry in memory behind an HTTP handler; it counts requests and can be made to fail.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    public const string Host = "registry.test";

    private static readonly Regex Route = new(@"\A/v2/(?<repo>.+?)/(?<what>manifests|blobs|blobs/uploads)/(?<id>[^/]*)\z");
    private readonly ConcurrentDictionary<string, byte[]> _uploads = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentDictionary<(string Repository, string Digest), byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<(string Repository, string Reference), (byte[] Bytes, string Type)> Manifests { get; } = new();

    /// <summary>Answers a request in place of the registry when it gives an answer.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>How many of the next uploads' bodies break off half-way.</summary>
    public int Resets { get; set; }

    public bool KnowsNoUploadStatus { get; set; }

    public int Count(string start) => Requests.Count(r => r.StartsWith(start, StringComparison.Ordinal));

    public void Seed(string repository, string tag, SampleImage image)
    {
        Blobs[(repository, Digest.Of(image.Layer))] = image.Layer;
        Blobs[(repository, Digest.Of(image.Config))] = image.Config;
        Manifests[(repository, tag)] = Manifests[(repository, Digest.Of(image.Manifest))] = (image.Manifest, image.MediaType);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"{request.Method} {request.RequestUri!.PathAndQuery}");
        var answer = Before(request) ?? await AnswerAsync(request, cancellationToken);
        answer.RequestMessage = request;
        answer.Content ??= new ByteArrayContent([]);
        return answer;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var match = Route.Match(request.RequestUri!.AbsolutePath);
        Assert.True(match.Success, $"No route of a registry: {request.RequestUri}");
        var (repository, id) = (match.Groups["repo"].Value, match.Groups["id"].Value);
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        return match.Groups["what"].Value switch
        {
            "manifests" when request.Method == HttpMethod.Put => await PutManifestAsync(request, repository, id, ct),
            "manifests" => GetManifest(repository, id),
            "blobs" => GetBlob(request, repository, id),
            _ => await UploadAsync(request, repository, id, query["digest"], query["mount"], query["from"], ct),
        };
    }

    private async Task<HttpResponseMessage> PutManifestAsync(HttpRequestMessage request, string repository, string id, CancellationToken ct)
    {
        var bytes = await request.Content!.ReadAsByteArrayAsync(ct);
        Manifests[(repository, id)] = Manifests[(repository, Digest.Of(bytes))] = (bytes, request.Content.Headers.ContentType!.MediaType!);
        return Status(HttpStatusCode.Created);
    }

    private HttpResponseMessage GetManifest(string repository, string id)
    {
        if (!Manifests.TryGetValue((repository, id), out var found))
        {
            return Status(HttpStatusCode.NotFound, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
        }

        var answer = new HttpResponseMessage { Content = new ByteArrayContent(found.Bytes) };
        answer.Content.Headers.ContentType = new MediaTypeHeaderValue(found.Type);
        answer.Headers.Add("Docker-Content-Digest", Digest.Of(found.Bytes));
        return answer;
    }

    private HttpResponseMessage GetBlob(HttpRequestMessage request, string repository, string id)
    {
        if (!Blobs.TryGetValue((repository, id), out var blob))
        {
            return Status(HttpStatusCode.NotFound);
        }

        var from = (int)(request.Headers.Range?.Ranges.First().From ?? 0);
        return new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(blob, from, blob.Length - from),
        };
    }

    private async Task<HttpResponseMessage> UploadAsync(
        HttpRequestMessage request, string repository, string id, string? digest, string? mount, string? from, CancellationToken ct)
    {
        if (request.Method == HttpMethod.Post)
        {
            if (mount is not null && Blobs.TryGetValue((from!, mount), out var other))
            {
                Blobs[(repository, mount)] = other;
                return Status(HttpStatusCode.Created);
            }

            var session = Guid.NewGuid().ToString("N");
            _uploads[session] = [];
            return Session(HttpStatusCode.Accepted, repository, session);
        }

        var held = _uploads[id];
        if (request.Method == HttpMethod.Get)
        {
            return KnowsNoUploadStatus ? Status(HttpStatusCode.NotFound) : Session(HttpStatusCode.NoContent, repository, id);
        }

        var body = await request.Content!.ReadAsByteArrayAsync(ct);
        if (request.Content.Headers.TryGetValues("Content-Range", out var range)
            && !range.First().StartsWith($"{held.Length}-", StringComparison.Ordinal))
        {
            return Status(HttpStatusCode.RequestedRangeNotSatisfiable);
        }

        if (Resets > 0)
        {
            Resets--;
            _uploads[id] = [.. held, .. body.AsSpan(0, body.Length / 2)];
            throw new HttpRequestException("reset", new IOException("Connection reset by peer"));
        }

        byte[] all = [.. held, .. body];
        _uploads[id] = all;
        if (request.Method != HttpMethod.Put)
        {
            return Session(HttpStatusCode.Accepted, repository, id);
        }

        if (Digest.Of(all) != digest)
        {
            return Status(
                HttpStatusCode.BadRequest, """{"errors":[{"code":"DIGEST_INVALID","message":"provided digest did not match"}]}""");
        }

        Blobs[(repository, digest)] = all;
        return Status(HttpStatusCode.Created);
    }

    private HttpResponseMessage Session(HttpStatusCode status, string repository, string id)
    {
        var answer = Status(status);
        answer.Headers.Location = new Uri($"/v2/{repository}/blobs/uploads/{id}", UriKind.Relative);
        answer.Headers.TryAddWithoutValidation("Range", $"0-{Math.Max(0, _uploads[id].Length - 1)}");
        return answer;
    }

    public static HttpResponseMessage Status(HttpStatusCode status, string json = "{}") =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
