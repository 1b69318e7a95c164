using RunAi.Http;

namespace RunAi.Tests;

public sealed class HttpPlatformTests
{
    [Fact]
    public void Handlers_AllowMoreThanTheProcessDefaultOfTwoConnections()
    {
        using var handler = (HttpClientHandler)HttpPlatform.CreateHandler();
        using var raw = (HttpClientHandler)HttpPlatform.CreateRawHandler();

        Assert.Equal((64, 64), (handler.MaxConnectionsPerServer, raw.MaxConnectionsPerServer));
    }
}
