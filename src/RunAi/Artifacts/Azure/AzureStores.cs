using Azure.Core;
using Azure.Storage.Blobs;

namespace RunAi.Artifacts;

/// <summary>Opens Azure stores. Apart from the rest, so that the SDK is loaded by those who use it alone.</summary>
internal static class AzureStores
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    public static IArtifactStore Open(StoreAddress address, string? secret, StoreOptions options, TimeProvider time)
    {
        var credential = AzureCredential.Of(address, secret);
        var client = new BlobClientOptions();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = 1;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = LongestPause;
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        AzureTransport.Prepare(client, options);
        return new AzureStore(address, credential.Open(address, client), credential, options, time);
    }
}
