using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using RunAi.Http;

namespace RunAi.Artifacts;

/// <summary>
/// The HTTP of the Azure SDK: that of the rest of the library, with a request judged by whether it moves and not by how long it takes, so
/// that a slow line ends an upload, too.
/// </summary>
internal static class AzureTransport
{
    /// <summary>How long a request without a large body may take.</summary>
    private static readonly TimeSpan LongestSmall = TimeSpan.FromSeconds(100);

    private static readonly ConcurrentDictionary<(TimeSpan, TimeSpan), Lazy<HttpClientTransport>> Shared = new();

    /// <param name="client">The options of a client of the service.</param>
    /// <param name="options">How patient the store is.</param>
    public static void Prepare(ClientOptions client, StoreOptions options)
    {
        client.Transport = Shared.GetOrAdd(
            (options.Patience, options.AnswerPatience), _ => new Lazy<HttpClientTransport>(() => Create(options))).Value;
        client.Retry.NetworkTimeout = LongestSmall;
        client.AddPolicy(new UploadTime(), HttpPipelinePosition.PerRetry);
    }

    private static HttpClientTransport Create(StoreOptions options) => new(
        new HttpClient(new StallHandler(HttpPlatform.CreateRawHandler(), options.Patience, options.AnswerPatience, TimeProvider.System))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        });

    private sealed class UploadTime : HttpPipelineSynchronousPolicy
    {
        private const long Large = 64 << 10;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Content is { } content && content.TryComputeLength(out var length) && length > Large)
            {
                message.NetworkTimeout = Timeout.InfiniteTimeSpan;
            }
        }
    }
}
