using Azure;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using RunAi.Redaction;

namespace RunAi.Artifacts;

/// <summary>What the Azure store is entered with: an account key, a shared access signature, or the environment's identity.</summary>
internal sealed class AzureCredential
{
    /// <summary>
    /// No key of an identity may live longer than a week by the service's clock, nor may it begin in its future: room for clocks that
    /// differ (Get User Delegation Key, request body).
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(90);

    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    private StorageSharedKeyCredential? _key;
    private string? _signature;

    private AzureCredential()
    {
    }

    /// <param name="address">The store.</param>
    /// <param name="secret">An account key, a shared access signature or a connection string; null for the environment's identity.</param>
    public static AzureCredential Of(StoreAddress address, string? secret)
    {
        if (secret is null)
        {
            return address.Service!.Scheme == "https"
                ? new AzureCredential()
                : throw StoreErrors.Unusable(address.Uri, "over http no identity is sent. Register it with -Credential, or use https.");
        }

        var fields = secret.Split(';')
            .Select(field => field.Trim().Split(['='], 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1], StringComparer.OrdinalIgnoreCase);
        if (fields.TryGetValue("AccountName", out var account) && account != address.Account)
        {
            throw StoreErrors.Unusable(
                address.Uri, "its connection string is for another account. Register it with the connection string of its own account.");
        }

        return fields.TryGetValue("SharedAccessSignature", out var signature) ? OfSignature(signature)
            : fields.TryGetValue("AccountKey", out var key) ? OfKey(address, key)
            : secret.Contains("sig=") ? OfSignature(secret.Trim())
            : OfKey(address, secret.Trim());
    }

    public BlobContainerClient Open(StoreAddress address, BlobClientOptions options)
    {
        var container = address.ContainerUrl;
        return _key is not null ? new BlobContainerClient(container, _key, options)
            : _signature is not null ? new BlobContainerClient(container, new AzureSasCredential(_signature), options)
            : new BlobContainerClient(container, NewIdentity(), options);
    }

    /// <param name="container">The store's container.</param>
    /// <param name="address">Its address.</param>
    /// <param name="now">The time.</param>
    /// <param name="validity">How long the addresses shall live.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IAddressSigner> SignerAsync(
        BlobContainerClient container, StoreAddress address, DateTimeOffset now, TimeSpan validity, CancellationToken ct)
    {
        if (_signature is not null)
        {
            return new AzureSigner(container, address, AzureSigner.ExpiryOf(_signature), _ => _signature);
        }

        var expires = now + (validity < Longest ? validity : Longest);
        if (_key is not null)
        {
            return new AzureSigner(container, address, expires, builder => builder.ToSasQueryParameters(_key).ToString());
        }

        var account = container.GetParentBlobServiceClient();
        var until = expires < now + Before ? now + Before : expires;
        var key = await account.GetUserDelegationKeyAsync(now - Before, until, ct).ConfigureAwait(false);
        return new AzureSigner(container, address, expires, builder => builder.ToSasQueryParameters(key.Value, address.Account).ToString());
    }

    private static AzureCredential OfSignature(string signature)
    {
        KnownSecrets.Remember(signature);
        return new() { _signature = signature.TrimStart('?') };
    }

    private static AzureCredential OfKey(StoreAddress address, string key)
    {
        KnownSecrets.Remember(key);
        try
        {
            return new AzureCredential { _key = new StorageSharedKeyCredential(address.Account, key) };
        }
        catch (FormatException)
        {
            throw StoreErrors.Unusable(
                address.Uri,
                "its credential is neither an account key (base64), nor a shared access signature (with 'sig='), nor a connection string.");
        }
    }

    private static DefaultAzureCredential NewIdentity()
    {
        var options = new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true };
        AzurePlatform.Prepare(options);
        return new DefaultAzureCredential(options);
    }
}
