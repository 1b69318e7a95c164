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
            AzureErrors.Translate(new AggregateException(new HttpRequestException("Broken pipe", cut), cut), "az://account/container", "Listing", default, default),
            S3Errors.Translate(cut, "s3://bucket", "Listing", default, default),
        };

        Assert.All(faults, fault => Assert.Equal(ErrorIds.ArtifactStoreUnreachable, fault?.ErrorId));
    }
}
