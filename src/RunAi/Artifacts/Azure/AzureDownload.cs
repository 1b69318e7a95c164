using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace RunAi.Artifacts;

/// <summary>A blob that is being fetched, always the same version of it.</summary>
internal sealed class AzureDownload : IDownloadSource
{
    private readonly AzureStore _store;
    private readonly string _key;
    private readonly BlobClient _blob;
    private readonly ETag _version;

    public AzureDownload(AzureStore store, string key, BlobClient blob, BlobProperties properties)
    {
        _store = store;
        _key = key;
        _blob = blob;
        _version = properties.ETag;
        Size = properties.ContentLength;
    }

    public long Size { get; }

    private string Doing => $"Fetching '{_key}'";

    public Task<Stream> OpenAsync(long offset, long count, CancellationToken ct) => _store.CallAsync(
        Doing,
        async () =>
        {
            try
            {
                var options = new BlobDownloadOptions
                {
                    Range = new HttpRange(offset, count),
                    Conditions = new BlobRequestConditions { IfMatch = _version },
                };
                var answer = await _blob.DownloadStreamingAsync(options, ct).ConfigureAwait(false);
                return answer.Value.Content;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                throw StoreErrors.Changed(_store.Uri, _key);
            }
        },
        ct);

    public ArtifactException Broken(Exception cause) => _store.Broken(cause, Doing);
}
