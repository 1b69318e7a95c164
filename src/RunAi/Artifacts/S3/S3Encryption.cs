using Amazon.S3;
using Amazon.S3.Model;

namespace RunAi.Artifacts;

/// <summary>The encryption that a bucket's policy asks each new object to name (S3, server-side encryption).</summary>
internal sealed class S3Encryption
{
    private const string Header = "x-amz-server-side-encryption";

    private readonly ServerSideEncryptionMethod _method;
    private readonly string? _key;

    /// <param name="method"><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</param>
    /// <param name="key">The key of KMS; null for the bucket's own.</param>
    public S3Encryption(string method, string? key)
    {
        _method = new ServerSideEncryptionMethod(method);
        _key = key;
    }

    /// <summary>The headers of a PUT to a signed address.</summary>
    public IReadOnlyDictionary<string, string> Headers => _key is null
        ? new Dictionary<string, string> { [Header] = _method.Value }
        : new Dictionary<string, string> { [Header] = _method.Value, [Header + "-aws-kms-key-id"] = _key };

    public void Apply(PutObjectRequest request) =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (_method, _key);

    public void Apply(InitiateMultipartUploadRequest request) =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (_method, _key);

    public void Apply(GetPreSignedUrlRequest request) =>
        (request.ServerSideEncryptionMethod, request.ServerSideEncryptionKeyManagementServiceKeyId) = (_method, _key);
}
