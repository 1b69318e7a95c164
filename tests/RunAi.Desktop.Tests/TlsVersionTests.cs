using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using RunAi.Artifacts;
using RunAi.Http;
using RunAi.Tests.Artifacts;

namespace RunAi.Tests;

/// <summary>
/// What protocols are offered to servers in a process whose own default excludes TLS 1.2, as that of Windows PowerShell may.
/// </summary>
public sealed class TlsVersionTests : IDisposable
{
    private static readonly int[] Tls12 = [3, 3];

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

    [Fact]
    public async Task AzureStore_WithAKey_OffersTls12() =>
        Assert.Equal(Tls12, await OfferedByAsync("az+https://127.0.0.1:{0}/account1/steps", "aHVudGVyMg=="));

    [Fact]
    public async Task AzureStore_WithTheEnvironmentsIdentity_AsksForItsTokenWithTls12()
    {
        var asked = new TcpListener(IPAddress.Loopback, 0);
        asked.Start();
        var hello = HelloAsync(asked);
        try
        {
            // Where an App Service has the tokens of its identity (Azure.Identity, ManagedIdentityCredential).
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", $"https://{asked.LocalEndpoint}/token");
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", "h");
            ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
            var store = await OpenAsync("az+https://127.0.0.1:1/account1/steps", secret: null);

            await Assert.ThrowsAsync<ArtifactException>(() => store.ReadAsync("a", 0, 10, default));

            Assert.Equal(Tls12, await hello);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }
    }

    /// <summary>
    /// The AWS SDK adds TLS 1.2 to the process's default when it is first used, so that use is the first of an application domain.
    /// </summary>
    [Fact]
    public void S3Store_OffersTls12()
    {
        var domain = AppDomain.CreateDomain("s3", null, AppDomain.CurrentDomain.SetupInformation);
        try
        {
            var first = (FirstUse)domain.CreateInstanceAndUnwrap(typeof(FirstUse).Assembly.FullName, typeof(FirstUse).FullName);

            Assert.Equal(Tls12, first.OfferedByS3());
        }
        finally
        {
            AppDomain.Unload(domain);
        }
    }

    /// <summary>The latest version that a client takes, from its client hello (RFC 5246, 7.4.1.2).</summary>
    private static async Task<int[]> OfferedByAsync(string uri, string secret)
    {
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hello = HelloAsync(listener);
        var store = await OpenAsync(string.Format(CultureInfo.InvariantCulture, uri, ((IPEndPoint)listener.LocalEndpoint).Port), secret);

        await Assert.ThrowsAsync<ArtifactException>(() => store.ReadAsync("a", 0, 10, default));

        return await hello;
    }

    private static Task<IArtifactStore> OpenAsync(string uri, string? secret)
    {
        var s3 = uri.StartsWith("s3+", StringComparison.Ordinal);
        return OpenedStore.OpenAsync(
            new ArtifactStore
            {
                Name = "s",
                Uri = s3 ? "s3://bucket" : uri,
                Endpoint = s3 ? uri.Substring(3) : null,
                Region = s3 ? "eu-west-1" : null,
                AccessKeyId = s3 ? "id" : null,
                Credential = secret is null ? null : "{{env:KEY}}",
            },
            new() { ["KEY"] = secret ?? "" },
            new StoreOptions { Retries = 0, RetryTimeout = TimeSpan.Zero, Patience = TimeSpan.FromSeconds(2) });
    }

    /// <summary>Refuses every connection after the first, which a client would wait on.</summary>
    private static async Task<int[]> HelloAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        listener.Stop();
        var bytes = new byte[11];
        for (var at = 0; at < bytes.Length;)
        {
            at += await client.GetStream().ReadAsync(bytes, at, bytes.Length - at);
        }

        return [bytes[9], bytes[10]];
    }

    private static HttpClientHandler Inner(HttpMessageHandler handler) => (HttpClientHandler)((DelegatingHandler)handler).InnerHandler!;

    private sealed class FirstUse : MarshalByRefObject
    {
        public int[] OfferedByS3() => Task.Run(() => OfferedByAsync("s3+https://127.0.0.1:{0}", "hunter2")).GetAwaiter().GetResult();
    }
}
