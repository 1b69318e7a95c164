using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace RunAi.Artifacts;

/// <summary>An object that is being fetched, always the same version of it.</summary>
internal sealed class S3Download : IDownloadSource
{
    private readonly S3Store _store;
    private readonly IAmazonS3 _client;
    private readonly string _bucket;
    private readonly string _name;
    private readonly string _key;
    private readonly string _version;

    public S3Download(S3Store store, IAmazonS3 client, string bucket, string name, string key, GetObjectMetadataResponse properties)
    {
        _store = store;
        _client = client;
        _bucket = bucket;
        _name = name;
        _key = key;
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
                var request = new GetObjectRequest
                {
                    BucketName = _bucket,
                    Key = _name,
                    ByteRange = new ByteRange(offset, offset + count - 1),
                    EtagToMatch = _version,
                };
                return (await _client.GetObjectAsync(request, ct).ConfigureAwait(false)).ResponseStream;
            }
            catch (AmazonS3Exception changed) when (changed.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                throw StoreErrors.Changed(_store.Uri, _key);
            }
        },
        ct);

    public ArtifactException Broken(Exception cause) => _store.Broken(cause, Doing);
}
