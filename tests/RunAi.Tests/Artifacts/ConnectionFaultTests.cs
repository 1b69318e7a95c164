using System.Net.Sockets;
using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

/// <summary>.NET's client lets a bare SocketException out where a server cuts a connection as it is made.</summary>
public sealed class ConnectionFaultTests
{
    [Fact]
    public void CutConnection_IsAStoreThatCannotBeReached()
    {
        var cut = new SocketException((int)SocketError.NotConnected);

        var faults = new[]
        {
            AzureErrors.Translate(
                new AggregateException(new HttpRequestException("Broken pipe", cut), cut), "az://account/container", "Listing",
                default, default),
            S3Errors.Translate(cut, "s3://bucket", "Listing", default, default),
        };

        Assert.All(faults, fault => Assert.Equal(ErrorIds.ArtifactStoreUnreachable, fault?.ErrorId));
    }

    [Fact]
    public void UntrustedCertificate_IsToldAsSuch_AndNotTriedAgain()
    {
        var refused = new HttpRequestException(
            "The SSL connection could not be established, see inner exception.",
            new System.Security.Authentication.AuthenticationException("PartialChain"));

        var fault = S3Errors.Translate(refused, "s3://bucket", "Listing", default, default)!;

        Assert.Contains(
            "it did not pass the TLS check (PartialChain). A private certificate authority must be trusted by this machine.", fault.Message,
            StringComparison.Ordinal);
        Assert.False(fault.MayPass);
    }
}
