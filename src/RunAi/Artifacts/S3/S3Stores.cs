using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace RunAi.Artifacts;

/// <summary>Opens S3 stores. Apart from the rest, so that the SDK is loaded by those who use it alone.</summary>
internal static class S3Stores
{
    /// <summary>What servers of others sign with when nobody says otherwise.</summary>
    private const string UsualRegion = "us-east-1";

    /// <summary>For one request with one part, also on a slow line.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(10);

    /// <param name="address">The store.</param>
    /// <param name="region">The bucket's region; null for the environment's.</param>
    /// <param name="login">The access key's id and secret; null for the environment's chain.</param>
    /// <param name="options">How transfers are cut and how patient they are.</param>
    /// <param name="time">The clock.</param>
    public static IArtifactStore Open(StoreAddress address, string? region, (string Id, string Secret)? login, StoreOptions options, TimeProvider time)
    {
        // The SDK's default checksums and chunks are refused or stored as they are by many servers other than AWS.
        var config = new AmazonS3Config
        {
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,
        };
        S3Platform.Prepare(config, LongestRequest);
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
            var client = login is var (id, secret) ? new AmazonS3Client(new BasicAWSCredentials(id, secret), config) : new AmazonS3Client(config);
            return new S3Store(address, client, options, time);
        }
        catch (AmazonClientException)
        {
            throw StoreErrors.Unusable(address.Uri, "neither it nor the environment names a region. Register it with -Region, or set AWS_REGION.");
        }
    }
}
