using Amazon.S3;
#if !NETFRAMEWORK
using Amazon.Runtime;
using RunAi.Http;
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
    /// <param name="options">How patient the store is: a request that moves is not ended, however slow the line. On .NET Framework it has
    /// an hour.</param>
    public static void Prepare(AmazonS3Config config, StoreOptions options)
    {
#if NETFRAMEWORK
        _ = options;
        config.Timeout = LongestRequest;
        config.ReadWriteTimeout = LongestRequest;
#else
        config.Timeout = Endless;
        config.HttpClientFactory = new Clients(options);
#endif
    }

#if NETFRAMEWORK
    private static readonly TimeSpan LongestRequest = TimeSpan.FromHours(1);
#else
    /// <summary>The SDK takes no endless time.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromDays(20);

    /// <summary>Makes clients as the SDK does, which keeps one for all stores of one patience.</summary>
    private sealed class Clients(StoreOptions options) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
            new(new SmallPuts(
                new StallHandler(HttpPlatform.CreateRawHandler(), options.Patience, options.AnswerPatience, TimeProvider.System)))
            {
                Timeout = Timeout.InfiniteTimeSpan,
            };

        public override string GetConfigUniqueString(IClientConfig clientConfig) =>
            $"{nameof(RunAi)} {options.Patience} {options.AnswerPatience}";
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
