using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace RunAi.Artifacts;

/// <summary>Signs addresses of blobs (shared access signatures), without asking the service.</summary>
internal sealed class AzureSigner : IAddressSigner
{
    private static readonly Dictionary<string, string> Headers = new() { ["x-ms-blob-type"] = "BlockBlob" };

    private readonly BlobContainerClient _container;
    private readonly StoreAddress _address;
    private readonly Func<BlobSasBuilder, string> _sign;

    /// <param name="container">The store's container.</param>
    /// <param name="address">Its address.</param>
    /// <param name="expiresAt">When the addresses lapse.</param>
    /// <param name="sign">Makes the query of what is allowed.</param>
    public AzureSigner(
        BlobContainerClient container, StoreAddress address, DateTimeOffset? expiresAt, Func<BlobSasBuilder, string> sign)
    {
        _container = container;
        _address = address;
        ExpiresAt = expiresAt;
        _sign = sign;
    }

    public DateTimeOffset? ExpiresAt { get; }

    public bool EndsWithSession => false;

    public IReadOnlyDictionary<string, string> PutHeaders => Headers;

    public string Get(string key) => Address(key, BlobSasPermissions.Read);

    public string Put(string key) => Address(key, BlobSasPermissions.Create | BlobSasPermissions.Write);

    /// <summary>When a signature that was given lapses; null when it does not say so, as with a stored policy.</summary>
    public static DateTimeOffset? ExpiryOf(string signature)
    {
        var field = signature.Split('&').FirstOrDefault(text => text.StartsWith("se=", StringComparison.Ordinal));
        return field is not null && DateTimeOffset.TryParse(
            System.Uri.UnescapeDataString(field.Substring(3)), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : null;
    }

    private string Address(string key, BlobSasPermissions permissions)
    {
        var name = _address.KeyPrefix + StoreKey.Check(key);
        var builder = new BlobSasBuilder(permissions, ExpiresAt ?? DateTimeOffset.MaxValue)
        {
            BlobContainerName = _address.Container,
            BlobName = name,
            Resource = "b",
            Protocol = _address.Service!.Scheme == "https" ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        var address = new UriBuilder(_container.GetBlobClient(name).Uri) { Query = _sign(builder) };
        return address.Uri.AbsoluteUri;
    }
}
