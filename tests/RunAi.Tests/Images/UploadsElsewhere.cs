using System.Collections.Concurrent;
using System.Net;
using System.Web;
using RunAi.Content;

namespace RunAi.Tests.Images;

/// <summary>Takes the uploads of a fake registry at addresses that it names in one of the forms that are seen in the field.</summary>
/// <param name="registry">The registry whose blobs it adds to.</param>
/// <param name="form"><c>path</c>: relative to the request's path; <c>host</c>: another host; <c>query</c>: with a query; <c>http</c>: its
/// own by http.</param>
internal sealed class UploadsElsewhere(FakeRegistry registry, string form)
{
    private readonly ConcurrentDictionary<string, string> _taken = new();

    /// <summary>The uploads that ended here.</summary>
    public int Count => _taken.Count;

    public bool Has(string digest) => _taken.ContainsKey(digest);

    public HttpResponseMessage? Answer(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        if (request.Method == HttpMethod.Post && !address.Query.Contains("mount", StringComparison.Ordinal))
        {
            var answer = FakeRegistry.Status(HttpStatusCode.Accepted);
            answer.Headers.Location = form switch
            {
                "path" => new Uri("session-1", UriKind.Relative),
                "host" => new Uri("https://uploads.test/session-1?signature=abcdefgh"),
                "query" => new Uri("/v2/steps/blobs/uploads/session-1?state=a%2Fb", UriKind.Relative),
                _ => new Uri($"http://{FakeRegistry.Host}/v2/steps/blobs/uploads/session-1"),
            };
            return answer;
        }

        return request.Method == HttpMethod.Put && address.AbsolutePath.EndsWith("/session-1", StringComparison.Ordinal)
            ? Take(request, address)
            : null;
    }

    private HttpResponseMessage Take(HttpRequestMessage request, Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        var isRight = form switch
        {
            "host" => query["signature"] == "abcdefgh" && request.Headers.Authorization is null,
            "query" => query["state"] == "a/b",
            _ => address.AbsolutePath == "/v2/steps/blobs/uploads/session-1",
        };
        var bytes = request.Content!.ReadAsByteArrayAsync().Result;
        if (!isRight || query["digest"] != Digest.Of(bytes))
        {
            return FakeRegistry.Status(HttpStatusCode.BadRequest);
        }

        _taken[query["digest"]!] = form;
        registry.Blobs[("steps", query["digest"]!)] = bytes;
        return FakeRegistry.Status(HttpStatusCode.Created);
    }
}
