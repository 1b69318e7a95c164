using Amazon.S3;
using Amazon.S3.Model;

namespace RunAi.Artifacts;

/// <summary>Signs addresses of objects (Signature Version 4), without asking the service.</summary>
internal sealed class S3Signer : IAddressSigner
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly S3Encryption? _encryption;
    private readonly IAmazonS3 _client;
    private readonly StoreAddress _address;
    private readonly DateTime _expires;

    /// <param name="client">The client, whose credentials sign.</param>
    /// <param name="address">The store.</param>
    /// <param name="expiresAt">When the addresses lapse.</param>
    /// <param name="encryption">What each new object must name; null for nothing.</param>
    /// <param name="endsWithSession">True when they lapse with a session whose end is not known.</param>
    public S3Signer(IAmazonS3 client, StoreAddress address, DateTimeOffset expiresAt, S3Encryption? encryption, bool endsWithSession)
    {
        _encryption = encryption;
        EndsWithSession = endsWithSession;
        _client = client;
        _address = address;
        ExpiresAt = expiresAt;
        _expires = expiresAt.UtcDateTime;
    }

    public DateTimeOffset? ExpiresAt { get; }

    public bool EndsWithSession { get; }

    public IReadOnlyDictionary<string, string> PutHeaders => _encryption?.Headers ?? NoHeaders;

    public string Get(string key) => _client.GetPreSignedURL(Request(key, HttpVerb.GET));

    public string Put(string key)
    {
        var request = Request(key, HttpVerb.PUT);
        _encryption?.Apply(request);
        return _client.GetPreSignedURL(request);
    }

    /// <summary>Makes sure that there is something to sign with, before anybody relies on it.</summary>
    public async Task<IAddressSigner> CheckedAsync()
    {
        await _client.GetPreSignedURLAsync(Request("check", HttpVerb.GET)).ConfigureAwait(false);
        return this;
    }

    private GetPreSignedUrlRequest Request(string key, HttpVerb verb) => new()
    {
        BucketName = _address.Container,
        Key = _address.KeyPrefix + StoreKey.Check(key),
        Verb = verb,
        Expires = _expires,
        Protocol = _address.Service?.Scheme == "http" ? Protocol.HTTP : Protocol.HTTPS,
    };
}
