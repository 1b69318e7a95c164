using System.Net;
using RunAi.Http;
using RunAi.Images;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Http;

/// <summary>A proxy that wants a sign-in, before hosts of either scheme.</summary>
public sealed class ProxyRefusalTests
{
    private const string Refusal =
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: "
        + "0\r\nConnection: close\r\n\r\n";

    [SkippableTheory]
    [InlineData("http://host.test/")]
    [InlineData("https://host.test/")]
    public async Task Refusal_IsToldAsTheProxys(string address)
    {
        Skip.If(Edition.IsDesktop, "Mono reads another proxy's refusal of a tunnel as a broken connection.");
        using var proxy = new RawServer(_ => Refusal);
        using var http = new HttpClient(new ProxyRefusal(new HttpClientHandler { Proxy = new WebProxy(proxy.Url) }));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address)));

        Assert.True(ProxyRefusal.Is(error));
        Assert.Equal(ProxyRefusal.Words, ConnectionErrors.Describe(error));
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task Registry_BehindIt_IsAskedOnceAndNamed()
    {
        using var proxy = new RawServer(_ => Refusal);
        using var transport = new RegistryTransport(
            new RegistryOptions { RetryDelay = TimeSpan.Zero },
            handler: () => new ProxyRefusal(new HttpClientHandler { Proxy = new WebProxy(proxy.Url) }));

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => transport.SendAsync(
            _ => new HttpRequestMessage(HttpMethod.Get, "http://registry.test/v2/"), repeatable: true, new RecordingLog(), default));

        Assert.Contains("a proxy that wants a sign-in (407)", error.Message, StringComparison.Ordinal);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task Credentials_OfTheProxy_AreSentWhenItAsks()
    {
        using var proxy = new RawServer(n => n == 0 ? Refusal : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var handler = new ProxyRefusal(
            new HttpClientHandler { Proxy = new WebProxy(proxy.Url) { Credentials = new NetworkCredential("u", "secret-of-a-test") } });
        using var http = new HttpClient(handler);

        using var answer = await http.GetAsync(new Uri("http://host.test/"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Proxy-Authorization: Basic ", proxy.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Handlers_GiveAProxyTheSessionsDefaultCredentials() => Assert.All(
        [HttpPlatform.CreateHandler(), HttpPlatform.CreateRawHandler()],
        handler => Assert.Same(
            CredentialCache.DefaultCredentials,
            Assert.IsType<HttpClientHandler>(Assert.IsType<ProxyRefusal>(handler).InnerHandler).DefaultProxyCredentials));
}
