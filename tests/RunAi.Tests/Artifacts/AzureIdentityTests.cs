using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using RunAi.Artifacts;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Artifacts;

/// <summary>Azure entered with an identity, and accounts with a hierarchical namespace.</summary>
public sealed class AzureIdentityTests
{
    [Theory]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Key_OfAnIdentity_IsAskedForWithinTheWeekOfAClockThatDiffers(int minutesBehind)
    {
        var now = TimeProvider.System.GetUtcNow();
        var service = new DelegationKeys(now.AddMinutes(-minutesBehind));
        var address = StoreAddress.Read("az://account/container", null, out _)!;
        var container = new BlobContainerClient(
            new Uri("https://account.blob.core.windows.net/container"), new AnyToken(),
            new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(service)) });

        var signer = await AzureCredential.Of(address, null).SignerAsync(container, address, now, TimeSpan.FromDays(7), default);

        Assert.InRange(signer.ExpiresAt!.Value - now, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Contains("sig=", signer.Put("a"), StringComparison.Ordinal);
        Assert.Null(AddressLife.Shortfall(signer, TimeSpan.FromDays(7), now));
    }

    [Fact]
    public async Task Listing_OfAHierarchicalNamespace_LeavesFoldersOut()
    {
        const string Xml = """
            <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="http://127.0.0.1/account/" ContainerName="container"><Blobs>
            <Blob><Name>runs</Name><Properties><Content-Length>0</Content-Length></Properties><Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>
            <Blob><Name>runs/1.json</Name><Properties><Content-Length>3</Content-Length></Properties><Metadata><runai_creator>x</runai_creator></Metadata></Blob>
            </Blobs><NextMarker /></EnumerationResults>
            """;
        using var server = new RawServer(_ => RawServer.Json(Xml).Replace("application/json", "application/xml", StringComparison.Ordinal));
        var store = await OpenedStore.OpenAsync(
            new ArtifactStore { Name = "s", Uri = $"az+{server.Url}/account/container", Credential = "{{env:KEY}}" },
            new() { ["KEY"] = Convert.ToBase64String(new byte[32]) });

        Assert.Equal(["runs/1.json"], (await store.ListAsync("runs", default)).Select(stored => stored.Key));
    }

    [Fact]
    public async Task Listing_OfABucketWithFolders_LeavesThemOut()
    {
        const string Xml = """
            <?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><IsTruncated>false</IsTruncated>
            <Contents><Key>team/runs/</Key><Size>0</Size></Contents><Contents><Key>team/runs/1.json</Key><Size>3</Size></Contents></ListBucketResult>
            """;
        using var server = new RawServer(_ => RawServer.Json(Xml).Replace("application/json", "application/xml", StringComparison.Ordinal));
        var store = await OpenedStore.OpenAsync(
            new ArtifactStore
            {
                Name = "s3",
                Uri = "s3://bucket/team",
                Endpoint = server.Url,
                AccessKeyId = "id",
                Credential = "{{env:KEY}}",
            },
            new() { ["KEY"] = "secret" });

        Assert.Equal(["runs/1.json"], (await store.ListAsync("runs", default)).Select(stored => stored.Key));
    }

    /// <summary>The service that gives keys, with a clock of its own: it takes no start in its future and no end after a week.</summary>
    private sealed class DelegationKeys(DateTimeOffset clock) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Contains("comp=userdelegationkey", request.RequestUri!.Query, StringComparison.Ordinal);
            var info = XElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var start = Time(info.Element("Start")!.Value);
            var expiry = Time(info.Element("Expiry")!.Value);
            if (expiry > clock.AddDays(7) || start > clock || expiry - start > TimeSpan.FromDays(7))
            {
                return new HttpResponseMessage(HttpStatusCode.BadRequest) { Headers = { { "x-ms-error-code", "InvalidXmlNodeValue" } } };
            }

            var key = $"""
                <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>{Guid.Empty}</SignedOid><SignedTid>{Guid.Empty}</SignedTid><SignedStart>{info.Element("Start")!.Value}</SignedStart>
                <SignedExpiry>{info.Element("Expiry")!.Value}</SignedExpiry><SignedService>b</SignedService><SignedVersion>2020-02-10</SignedVersion><Value>{Convert.ToBase64String(new byte[32])}</Value></UserDelegationKey>
                """;
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(key, Encoding.UTF8, "application/xml") };
        }

        private static DateTimeOffset Time(string text) =>
            DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }

    private sealed class AnyToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token-of-a-test", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
