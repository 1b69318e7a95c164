using Amazon.S3;
#if !NETFRAMEWORK
using Amazon.Runtime;
#endif

namespace RunAi.Artifacts;

/// <summary>What is different in the AWS SDK's HTTP on the two target frameworks.</summary>
internal static class S3Platform
{
    /// <summary>
    /// Has small PUTs sent without asking leave. The SDK asks before every one (<c>Expect: 100-continue</c>), and .NET sends the body when
    /// there was no answer for a second. A server that refuses later than that and keeps the connection, such as Ceph's gateway, takes the
    /// body for the next request, whose sender then gets a 400. On .NET Framework the SDK leaves no way to say so.
    /// </summary>
    /// <param name="config">The client's configuration.</param>
    /// <param name="timeout">The limit of one request.</param>
    public static void Prepare(AmazonS3Config config, TimeSpan timeout)
    {
        config.Timeout = timeout;
#if !NETFRAMEWORK
        config.HttpClientFactory = new Clients(timeout);
#endif
    }

#if !NETFRAMEWORK
    /// <summary>Makes clients as the SDK does, which keeps one for all stores.</summary>
    private sealed class Clients(TimeSpan timeout) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(new SmallPuts(new HttpClientHandler { AllowAutoRedirect = false })) { Timeout = timeout };

        public override string GetConfigUniqueString(IClientConfig clientConfig) => nameof(RunAi);
    }

    private sealed class SmallPuts(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const long Small = 64 << 10;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content?.Headers.ContentLength is <= Small)
            {
                request.Headers.ExpectContinue = false;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
#endif
}
