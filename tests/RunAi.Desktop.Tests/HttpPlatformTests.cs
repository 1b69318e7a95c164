using RunAi.Http;

namespace RunAi.Tests;

public sealed class HttpPlatformTests
{
    [Fact]
    public void Handlers_AllowMoreThanTheProcessDefaultOfTwoConnections()
    {
        using var handler = Inner(HttpPlatform.CreateHandler());
        using var raw = Inner(HttpPlatform.CreateRawHandler());

        Assert.Equal((64, 64), (handler.MaxConnectionsPerServer, raw.MaxConnectionsPerServer));
    }

    private static HttpClientHandler Inner(HttpMessageHandler handler) => (HttpClientHandler)((DelegatingHandler)handler).InnerHandler!;
}
