using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace RunAi.Artifacts;

/// <summary>A container of Azure Blob Storage.</summary>
internal sealed class AzureStore : IArtifactStore
{
    /// <summary>A mark of who created an object: tells a lost answer to a creation of ours from somebody else's.</summary>
    private const string Creator = "runai_creator";

    private readonly BlobContainerClient _container;
    private readonly AzureCredential _credential;
    private readonly StoreAddress _address;
    private readonly string _prefix;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreRetry _retry;

    public AzureStore(
        StoreAddress address, BlobContainerClient container, AzureCredential credential, StoreOptions options, TimeProvider time)
    {
        _address = address;
        _container = container;
        _credential = credential;
        _prefix = address.KeyPrefix;
        _options = options;
        _time = time;
        _retry = new StoreRetry(options, time);
    }

    public string Uri => _address.Uri;

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => CallAsync(
        $"Looking for '{key}'",
        async () =>
        {
            var found = await PropertiesAsync(key, ct).ConfigureAwait(false);
            return found is null || IsFolder(found.Metadata) ? null : new StoredObject(key, found.ContentLength, found.LastModified);
        },
        ct);

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) => CallAsync<IReadOnlyList<StoredObject>>(
        $"Listing '{prefix}'",
        async () =>
        {
            var found = new List<StoredObject>();
            var pages = _container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, _prefix + prefix, ct);
            await foreach (var blob in pages.ConfigureAwait(false))
            {
                if (IsFolder(blob.Metadata))
                {
                    continue;
                }

                found.Add(new StoredObject(
                    blob.Name.Substring(_prefix.Length), blob.Properties.ContentLength ?? 0,
                    blob.Properties.LastModified ?? DateTimeOffset.MinValue));
            }

            return [.. found.OrderBy(stored => stored.Key, StringComparer.Ordinal)];
        },
        ct);

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) =>
        TryCreateAsync(key, content, Guid.NewGuid().ToString("N"), ct);

    private Task<bool> TryCreateAsync(string key, byte[] content, string mark, CancellationToken ct) => CallAsync(
        $"Creating '{key}'",
        async () =>
        {
            try
            {
                var options = new BlobUploadOptions
                {
                    Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                    Metadata = new Dictionary<string, string> { [Creator] = mark },
                };
                await Blob(key).UploadAsync(new BinaryData(content), options, ct).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException there)
                when (there.Status is 409 or 412 && there.ErrorCode is "BlobAlreadyExists" or "ConditionNotMet")
            {
                var found = await PropertiesAsync(key, ct).ConfigureAwait(false);
                return found is not null && found.Metadata.TryGetValue(Creator, out var creator) && creator == mark;
            }
        },
        ct);

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) => CallAsync(
        $"Writing '{key}'", () => Blob(key).UploadAsync(new BinaryData(content), new BlobUploadOptions(), ct), ct);

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) => CallAsync<byte[]?>(
        $"Reading '{key}'",
        async () =>
        {
            try
            {
                var options = new BlobDownloadOptions { Range = new HttpRange(offset, most) };
                var answer = await Blob(key).DownloadContentAsync(options, ct).ConfigureAwait(false);
                return answer.Value.Content.ToArray();
            }
            catch (RequestFailedException none) when (AzureErrors.IsNoBlob(none))
            {
                return null;
            }
            catch (RequestFailedException beyond) when (beyond.Status == 416)
            {
                return [];
            }
        },
        ct);

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) =>
        PartedUpload.RunAsync(new AzureUpload(this, key, _container.GetBlockBlobClient(Name(key))), content, _options, progress, ct);

    public async Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct)
    {
        var found = await CallAsync($"Fetching '{key}'", () => PropertiesAsync(key, ct), ct).ConfigureAwait(false)
            ?? throw StoreErrors.NotFound(Uri, key);
        await PartedDownload.RunAsync(
            new AzureDownload(this, key, Blob(key), found), destination, _options, _time, progress, ct).ConfigureAwait(false);
    }

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => Concurrently.SelectAsync(
        keys, key => CallAsync(
            $"Deleting '{key}'", () => Blob(key).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: ct), ct));

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) => CallAsync(
        "Signing addresses", () => _credential.SignerAsync(_container, _address, _time.GetUtcNow(), validity, ct), ct);

    /// <summary>Does one thing with the SDK, and tells its failures in words of ours.</summary>
    public Task<T> CallAsync<T>(string doing, Func<Task<T>> call, CancellationToken ct) =>
        _retry.RunAsync(() => TryAsync(doing, call, ct), ct);

    /// <summary>What a failure while a range is read means.</summary>
    public ArtifactException Broken(Exception cause, string doing) =>
        AzureErrors.Translate(cause, Uri, doing, _time.GetUtcNow(), CancellationToken.None)
        ?? StoreErrors.Unreachable(Uri, doing, StoreErrors.Words(cause), cause);

    private async Task<T> TryAsync<T>(string doing, Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception cause) when (AzureErrors.Translate(cause, Uri, doing, _time.GetUtcNow(), ct) is { } fault)
        {
            throw fault;
        }
    }

    private async Task<BlobProperties?> PropertiesAsync(string key, CancellationToken ct)
    {
        try
        {
            return await Blob(key).GetPropertiesAsync(cancellationToken: ct).ConfigureAwait(false);
        }
        catch (RequestFailedException none) when (AzureErrors.IsNoBlob(none))
        {
            return null;
        }
    }

    /// <summary>
    /// An account with a hierarchical namespace shows its folders as blobs, marked so (Azure Data Lake Storage, known issues).
    /// </summary>
    private static bool IsFolder(IDictionary<string, string>? metadata) =>
        metadata?.Any(mark => mark.Key.Equals("hdi_isfolder", StringComparison.OrdinalIgnoreCase)
            && mark.Value.Equals("true", StringComparison.OrdinalIgnoreCase)) == true;

    private string Name(string key) => _prefix + StoreKey.Check(key);

    private BlobClient Blob(string key) => _container.GetBlobClient(Name(key));
}
