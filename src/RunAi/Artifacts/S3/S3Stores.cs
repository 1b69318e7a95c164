using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace RunAi.Artifacts;

/// <summary>Opens S3 stores. Apart from the rest, so that the SDK is loaded by those who use it alone.</summary>
internal static class S3Stores
{
    /// <summary>What servers of others sign with when nobody says otherwise.</summary>
    private const string UsualRegion = "us-east-1";

    /// <param name="address">The store.</param>
    /// <param name="registered">How it is registered: its region, null for the environment's, and its encryption.</param>
    /// <param name="login">The access key; null for the environment's chain.</param>
    /// <param name="options">How transfers are cut and how patient they are.</param>
    /// <param name="time">The clock.</param>
    public static IArtifactStore Open(
        StoreAddress address, ArtifactStore registered, StoreLogin? login, StoreOptions options, TimeProvider time)
    {
        var region = registered.Region;

        // The SDK's default checksums and chunks are refused or stored as they are by many servers other than AWS.
        var config = new AmazonS3Config
        {
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 1,
        };
        S3Platform.Prepare(config, options);
        if (address.Service is { } service)
        {
            config.ServiceURL = service.AbsoluteUri;
            config.ForcePathStyle = true;
            config.AuthenticationRegion = region ?? UsualRegion;
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        try
        {
            var given = login is null ? null : Credentials(login, address);
            var client = given is null ? new AmazonS3Client(config) : new AmazonS3Client(given, config);
            var encryption = registered.Encryption is { } method ? new S3Encryption(method, registered.EncryptionKeyId) : null;
            return new S3Store(
                address, client, () => given ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config), encryption, options, time);
        }
        catch (AmazonClientException)
        {
            throw StoreErrors.Unusable(
                address.Uri, "neither it nor the environment names a region. Register it with -Region, or set AWS_REGION.");
        }
    }

    /// <summary>The id of a session's key begins with ASIA (IAM documentation, unique identifiers).</summary>
    private static AWSCredentials Credentials(StoreLogin login, StoreAddress address) =>
        login.Token is { } token ? new SessionAWSCredentials(login.Id, login.Secret, token)
        : login.Id.StartsWith("ASIA", StringComparison.Ordinal)
            ? throw StoreErrors.Unusable(
                address.Uri, "its access key id is that of a session (it begins with ASIA), and the session token is missing. Register it "
                + "with -SessionToken, or store a secret with the keys AccessKeyId, SecretAccessKey and SessionToken.")
        : new BasicAWSCredentials(login.Id, login.Secret);
}
