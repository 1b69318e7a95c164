using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using RunAi.Artifacts;
using RunAi.Http;
using RunAi.Tests.Artifacts;

namespace RunAi.Tests;

/// <summary>What protocols are offered to servers in a process whose own default excludes TLS 1.2, as that of Windows PowerShell may.</summary>
public sealed class TlsVersionTests : IDisposable
{
    private readonly SecurityProtocolType _before = ServicePointManager.SecurityProtocol;

    public void Dispose() => ServicePointManager.SecurityProtocol = _before;

    [Theory]
    [InlineData(SecurityProtocolType.Tls, SslProtocols.Tls12)]
    [InlineData(SecurityProtocolType.Tls | SecurityProtocolType.Tls11, SslProtocols.Tls12)]
    [InlineData(SecurityProtocolType.SystemDefault, SslProtocols.None)]
    [InlineData(SecurityProtocolType.Tls12, SslProtocols.None)]
    [InlineData(SecurityProtocolType.Tls12 | (SecurityProtocolType)12288, SslProtocols.None)]
    public void Handlers_TakeTheProcessDefaultWhereItHasTls12(SecurityProtocolType standard, SslProtocols expected)
    {
        ServicePointManager.SecurityProtocol = standard;

        Assert.Equal(expected, Inner(HttpPlatform.CreateHandler()).SslProtocols);
        Assert.Equal(expected, Inner(HttpPlatform.CreateRawHandler()).SslProtocols);
    }

    // The AWS SDK adds TLS 1.2 to the process's default when it is first used, which another test may have done before.
    [Fact]
    public async Task AzureStore_OffersTls12()
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var hello = HelloAsync(listener);
        var store = await OpenedStore.OpenAsync(
            new ArtifactStore { Name = "s", Uri = $"az+https://127.0.0.1:{port}/account1/steps", Credential = "{{env:KEY}}" },
            new() { ["KEY"] = "aHVudGVyMg==" },
            new StoreOptions { Retries = 0, RetryTimeout = TimeSpan.Zero, Patience = TimeSpan.FromSeconds(2) });

        await Assert.ThrowsAsync<ArtifactException>(() => store.ReadAsync("a", 0, 10, default));

        // A client hello tells the latest version it takes (RFC 5246, 7.4.1.2).
        Assert.Equal([3, 3], (await hello).Skip(9).Take(2));
        listener.Stop();
    }

    private static async Task<byte[]> HelloAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var bytes = new byte[11];
        for (var at = 0; at < bytes.Length;)
        {
            at += await client.GetStream().ReadAsync(bytes, at, bytes.Length - at);
        }

        return bytes;
    }

    private static HttpClientHandler Inner(HttpMessageHandler handler) => (HttpClientHandler)((DelegatingHandler)handler).InnerHandler!;
}
