using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace RunAi.Artifacts;

/// <summary>A bucket of S3, or of a server that speaks its language.</summary>
internal sealed class S3Store : IArtifactStore
{
    /// <summary>A mark of who created an object: tells a lost answer to a creation of ours from somebody else's.</summary>
    private const string Creator = "x-amz-meta-runai-creator";

    /// <summary>
    /// An address is good for 7 days at most. Where the service's clock makes it a moment more, the SDK signs in an older way that services
    /// refuse, and says nothing.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(15);

    private readonly StoreAddress _address;
    private readonly IAmazonS3 _client;
    private readonly Func<AWSCredentials> _credentials;
    private readonly S3Encryption? _encryption;
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreRetry _retry;

    /// <param name="address">Where it is.</param>
    /// <param name="client">Speaks to it.</param>
    /// <param name="credentials">What the client signs with.</param>
    /// <param name="encryption">What each new object must name; null for nothing.</param>
    /// <param name="options">How transfers are cut and how patient they are.</param>
    /// <param name="time">The clock.</param>
    public S3Store(
        StoreAddress address, IAmazonS3 client, Func<AWSCredentials> credentials, S3Encryption? encryption, StoreOptions options,
        TimeProvider time)
    {
        _encryption = encryption;
        _credentials = credentials;
        _address = address;
        _client = client;
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
            return found is null ? null : new StoredObject(key, found.ContentLength, TimeOf(found.LastModified));
        },
        ct);

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) => CallAsync<IReadOnlyList<StoredObject>>(
        $"Listing '{prefix}'",
        async () =>
        {
            var found = new List<StoredObject>();
            // A key that ends in a slash is a folder that a console or a file system over the bucket made.
            var request = new ListObjectsV2Request { BucketName = _address.Container, Prefix = _address.KeyPrefix + prefix };
            do
            {
                var page = await _client.ListObjectsV2Async(request, ct).ConfigureAwait(false);
                found.AddRange((page.S3Objects ?? []).Where(s3Object => s3Object.Key[s3Object.Key.Length - 1] != '/')
                    .Select(s3Object => new StoredObject(
                        s3Object.Key.Substring(_address.KeyPrefix.Length), s3Object.Size ?? 0, TimeOf(s3Object.LastModified))));
                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null);
            return [.. found.OrderBy(stored => stored.Key, StringComparer.Ordinal)];
        },
        ct);

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) =>
        TryCreateAsync(key, content, Guid.NewGuid().ToString("N"), ct);

    private Task<bool> TryCreateAsync(string key, byte[] content, string mark, CancellationToken ct) => CallAsync(
        $"Creating '{key}'",
        async () =>
        {
            for (var retry = 1; ; retry++)
            {
                try
                {
                    await PutAsync(key, content, mark, ct).ConfigureAwait(false);
                    return true;
                }
                catch (AmazonS3Exception there) when (there.StatusCode == HttpStatusCode.PreconditionFailed)
                {
                    var found = await PropertiesAsync(key, ct).ConfigureAwait(false);
                    return found?.Metadata[Creator] == mark;
                }
                catch (AmazonS3Exception busy) when (busy.StatusCode == HttpStatusCode.Conflict)
                {
                    // Another creation is under way just now; if it fails, ours is to be tried again.
                    if (retry > _options.Retries)
                    {
                        return false;
                    }
                }

                await _time.DelayAsync(_options.DelayBefore(retry), ct).ConfigureAwait(false);
            }
        },
        ct);

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) =>
        CallAsync($"Writing '{key}'", () => PutAsync(key, content, null, ct), ct);

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) => CallAsync<byte[]?>(
        $"Reading '{key}'",
        async () =>
        {
            try
            {
                var request = new GetObjectRequest
                {
                    BucketName = _address.Container,
                    Key = Name(key),
                    ByteRange = new ByteRange(offset, offset + most - 1),
                };
                using var answer = await _client.GetObjectAsync(request, ct).ConfigureAwait(false);
                using var bytes = new MemoryStream();
                await answer.ResponseStream.CopyToAsync(bytes, 81920, ct).ConfigureAwait(false);
                return bytes.ToArray();
            }
            catch (AmazonS3Exception none) when (S3Errors.IsNoObject(none))
            {
                return null;
            }
            catch (AmazonS3Exception beyond) when (beyond.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return [];
            }
        },
        ct);

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) =>
        PartedUpload.RunAsync(
            new S3Upload(this, _client, _encryption, _address.Container, Name(key), key), content, _options, progress, ct);

    public async Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct)
    {
        var found = await CallAsync($"Fetching '{key}'", () => PropertiesAsync(key, ct), ct).ConfigureAwait(false)
            ?? throw StoreErrors.NotFound(Uri, key);
        var source = new S3Download(this, _client, _address.Container, Name(key), key, found);
        await PartedDownload.RunAsync(source, destination, _options, _time, progress, ct).ConfigureAwait(false);
    }

    /// <summary>One by one: not every server takes many at once.</summary>
    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => Concurrently.SelectAsync(
        keys, key => CallAsync($"Deleting '{key}'", () => _client.DeleteObjectAsync(_address.Container, Name(key), ct), ct));

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) => CallAsync(
        "Signing addresses",
        async () =>
        {
            var expires = _time.GetUtcNow() + (validity < Longest ? validity : Longest);
            var credentials = _credentials();
            var isSession = (await credentials.GetCredentialsAsync().ConfigureAwait(false)).UseToken;
            DateTimeOffset? end = isSession && credentials.Expiration is { } at ? new DateTimeOffset(at.ToUniversalTime()) : null;
            return await new S3Signer(
                _client, _address, end < expires ? end.Value : expires, _encryption, endsWithSession: isSession && end is null)
                .CheckedAsync().ConfigureAwait(false);
        },
        ct);

    /// <summary>Does one thing with the SDK, and tells its failures in words of ours.</summary>
    public Task<T> CallAsync<T>(string doing, Func<Task<T>> call, CancellationToken ct) =>
        _retry.RunAsync(() => TryAsync(doing, call, ct), ct);

    /// <summary>What a failure while a range is read means.</summary>
    public ArtifactException Broken(Exception cause, string doing) =>
        S3Errors.Translate(cause, Uri, doing, _time.GetUtcNow(), CancellationToken.None)
        ?? StoreErrors.Unreachable(Uri, doing, StoreErrors.Words(cause), cause);

    private async Task<T> TryAsync<T>(string doing, Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception cause) when (S3Errors.Translate(cause, Uri, doing, _time.GetUtcNow(), ct) is { } fault)
        {
            throw fault;
        }
    }

    private async Task<PutObjectResponse> PutAsync(string key, byte[] bytes, string? mark, CancellationToken ct)
    {
        using var content = new MemoryStream(bytes, writable: false);
        var request = new PutObjectRequest
        {
            BucketName = _address.Container,
            Key = Name(key),
            InputStream = content,
            UseChunkEncoding = false,
        };
        _encryption?.Apply(request);
        if (mark is not null)
        {
            request.IfNoneMatch = "*";
            request.Metadata[Creator] = mark;
        }

        return await _client.PutObjectAsync(request, ct).ConfigureAwait(false);
    }

    private async Task<GetObjectMetadataResponse?> PropertiesAsync(string key, CancellationToken ct)
    {
        try
        {
            return await _client.GetObjectMetadataAsync(_address.Container, Name(key), ct).ConfigureAwait(false);
        }
        catch (AmazonS3Exception none) when (S3Errors.IsNoObject(none))
        {
            return null;
        }
    }

    private string Name(string key) => _address.KeyPrefix + StoreKey.Check(key);

    private static DateTimeOffset TimeOf(DateTime? time) =>
        time is null ? DateTimeOffset.MinValue : new DateTimeOffset(time.Value.ToUniversalTime());
}
