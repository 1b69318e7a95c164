using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace RunAi.Artifacts;

/// <summary>
/// An object that is being stored in parts. Parts that an earlier, broken try has left are taken where their size and MD5 (their ETag) are
/// right; so such a try is not cleared away.
/// </summary>
internal sealed class S3Upload : IUploadTarget
{
    private readonly S3Store _store;
    private readonly IAmazonS3 _client;
    private readonly S3Encryption? _encryption;
    private readonly string _bucket;
    private readonly string _name;
    private readonly string _doing;
    private readonly Dictionary<int, PartDetail> _left = [];
    private readonly SortedDictionary<int, string> _sent = [];
    private string _upload = "";

    public S3Upload(S3Store store, IAmazonS3 client, S3Encryption? encryption, string bucket, string name, string key)
    {
        _store = store;
        _client = client;
        _encryption = encryption;
        _bucket = bucket;
        _name = name;
        _doing = $"Storing '{key}'";
    }

    public Task PutWholeAsync(byte[] bytes, int count, CancellationToken ct) => _store.CallAsync(
        _doing,
        async () =>
        {
            using var content = new MemoryStream(bytes, 0, count, writable: false);
            var request = new PutObjectRequest
            {
                BucketName = _bucket,
                Key = _name,
                InputStream = content,
                UseChunkEncoding = false,
                AutoCloseStream = false,
            };
            _encryption?.Apply(request);
            return await _client.PutObjectAsync(request, ct).ConfigureAwait(false);
        },
        ct);

    public Task BeginAsync(CancellationToken ct) => _store.CallAsync(
        _doing,
        async () =>
        {
            _upload = await FindAsync(ct).ConfigureAwait(false) ?? await StartAsync(ct).ConfigureAwait(false);
            return true;
        },
        ct);

    public async Task PutPartAsync(int index, byte[] bytes, int count, CancellationToken ct)
    {
        var number = index + 1;
        var tag = _left.TryGetValue(number, out var left) && left.Size == count && Unquoted(left.ETag) == Md5(bytes, count)
            ? left.ETag
            : await _store.CallAsync(_doing, () => SendAsync(number, bytes, count, ct), ct).ConfigureAwait(false);
        lock (_sent)
        {
            _sent[number] = tag;
        }
    }

    public Task CompleteAsync(int parts, CancellationToken ct) => _store.CallAsync(
        _doing,
        () => _client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = _bucket,
                Key = _name,
                UploadId = _upload,
                PartETags = [.. _sent.Select(part => new PartETag(part.Key, part.Value))],
            },
            ct),
        ct);

    private async Task<string> SendAsync(int number, byte[] bytes, int count, CancellationToken ct)
    {
        using var content = new MemoryStream(bytes, 0, count, writable: false);
        var request = new UploadPartRequest
        {
            BucketName = _bucket,
            Key = _name,
            UploadId = _upload,
            PartNumber = number,
            PartSize = count,
            InputStream = content,
            UseChunkEncoding = false,
        };
        return (await _client.UploadPartAsync(request, ct).ConfigureAwait(false)).ETag;
    }

    private async Task<string> StartAsync(CancellationToken ct)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _bucket, Key = _name };
        _encryption?.Apply(request);
        return (await _client.InitiateMultipartUploadAsync(request, ct).ConfigureAwait(false)).UploadId;
    }

    /// <summary>The newest upload of the same object that broke off; null when there is none, or it may not be asked for.</summary>
    private async Task<string?> FindAsync(CancellationToken ct)
    {
        try
        {
            var request = new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = _name };
            var found = await _client.ListMultipartUploadsAsync(request, ct).ConfigureAwait(false);
            var newest = found.MultipartUploads?.Where(multipartUpload => multipartUpload.Key == _name)
                .OrderByDescending(multipartUpload => multipartUpload.Initiated).FirstOrDefault();
            if (newest is not null)
            {
                await ListAsync(newest.UploadId, ct).ConfigureAwait(false);
            }

            return newest?.UploadId;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented
            || S3Errors.IsNoObject(refused))
        {
            return null;
        }
    }

    private async Task ListAsync(string upload, CancellationToken ct)
    {
        string? marker = null;
        do
        {
            var request = new ListPartsRequest { BucketName = _bucket, Key = _name, UploadId = upload, PartNumberMarker = marker };
            var page = await _client.ListPartsAsync(request, ct).ConfigureAwait(false);
            foreach (var part in page.Parts ?? [])
            {
                _left[part.PartNumber ?? 0] = part;
            }

            marker = page.IsTruncated == true ? page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture) : null;
        }
        while (marker is not null);
    }

    private static string Unquoted(string tag) => tag.Trim('"');

    /// <summary>The ETag of a part as S3 defines it; it protects nothing here.</summary>
    private static string Md5(byte[] bytes, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes, 0, count);
        return string.Concat(hash.GetHashAndReset().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
