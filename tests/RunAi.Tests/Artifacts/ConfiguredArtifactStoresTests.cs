using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

public sealed class ConfiguredArtifactStoresTests
{
    [Theory]
    [InlineData("az://account1/steps", null, null, null, "hunter2-plain", "not a reference")]
    [InlineData("az://account1/steps", null, "eu-1", null, null, "s3://")]
    [InlineData("az://account1/steps", null, null, "AKIA1", "{{k}}", "s3://")]
    [InlineData("file:///mnt/x", null, null, null, "{{k}}", "folder")]
    [InlineData("s3://bucket", null, null, "AKIA1", null, "-Credential")]
    [InlineData("s3://bucket", "http://minio.example.org", null, null, null, "-AllowInsecureHttp")]
    [InlineData("nowhere", null, null, null, null, "az://")]
    public void Check_WrongOptions_AreRefused(string uri, string? endpoint, string? region, string? id, string? credential, string expected)
    {
        var store =
            new ArtifactStore { Name = "s", Uri = uri, Endpoint = endpoint, Region = region, AccessKeyId = id, Credential = credential };

        var error = Assert.Throws<ConfigurationException>(() => ConfiguredArtifactStores.Check(store));

        Assert.Equal(ErrorIds.InvalidArtifactStore, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://minio.example.org", true)]
    [InlineData("http://127.0.0.1:9000", false)]
    [InlineData("https://minio.example.org", false)]
    public void Check_HttpThatIsAllowed_Passes(string endpoint, bool allow) => ConfiguredArtifactStores.Check(
        new ArtifactStore { Name = "s", Uri = "s3://bucket/p/", Endpoint = endpoint, AllowInsecureHttp = allow });

    [Theory]
    [InlineData("hunter2", "account key")]
    [InlineData("AccountName=other1;AccountKey=aHVudGVyMg==", "another account")]
    public async Task Open_AzureWithAnUnusableSecret_SaysSoWithoutIt(string secret, string expected)
    {
        var store = new ArtifactStore { Name = "s", Uri = "az://account1/steps", Credential = "{{env:KEY}}" };

        var error = await Assert.ThrowsAsync<ArtifactException>(() => OpenedStore.OpenAsync(store, new() { ["KEY"] = secret }));

        Assert.Equal(ErrorIds.InvalidArtifactStore, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AzureOverHttpWithoutCredential_IsRefused()
    {
        var store = new ArtifactStore { Name = "s", Uri = "az+http://127.0.0.1:1/account1/steps" };

        var error = await Assert.ThrowsAsync<ArtifactException>(() => OpenedStore.OpenAsync(store));

        Assert.Contains("-Credential", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_S3WithASecretAlone_AsksForTheKeyId()
    {
        var store = new ArtifactStore { Name = "s", Uri = "s3://bucket", Endpoint = "http://127.0.0.1:1", Credential = "{{env:KEY}}" };

        var error = await Assert.ThrowsAsync<ArtifactException>(() => OpenedStore.OpenAsync(store, new() { ["KEY"] = "hunter2" }));

        Assert.Contains("-AccessKeyId", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountName=account1;AccountKey=aHVudGVyMg==;EndpointSuffix=core.windows.net", "sig=")]
    [InlineData("aHVudGVyMg==", "sig=")]
    [InlineData("?sv=2024-11-04&sp=rwl&se=2031-01-02T03%3A04%3A05Z&sig=abc%3D", "sig=abc%3D")]
    [InlineData(
        "BlobEndpoint=https://account1.blob.core.windows.net;SharedAccessSignature=sv=2024-11-04&se=2031-01-02T03%3A04%3A05Z&sig=abc%3D",
        "sig=abc%3D")]
    public async Task Open_AzureSecrets_OfEachKindSign(string secret, string expected)
    {
        var store = new ArtifactStore { Name = "s", Uri = "az://account1/steps/p", Credential = "{{env:KEY}}" };

        var signer = await (await OpenedStore.OpenAsync(store, new() { ["KEY"] = secret })).SignerAsync(
            TimeSpan.FromDays(30), CancellationToken.None);

        var put = signer.Put("runs/1/log");
        Assert.StartsWith("https://account1.blob.core.windows.net/steps/p/runs/1/log?", put, StringComparison.Ordinal);
        Assert.Contains(expected, put, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", put, StringComparison.Ordinal);
        Assert.Equal("BlockBlob", signer.PutHeaders["x-ms-blob-type"]);
        Assert.Equal(
            secret.Contains("sig=", StringComparison.Ordinal), signer.ExpiresAt == new DateTimeOffset(2031, 1, 2, 3, 4, 5, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("az+http://127.0.0.1:{0}/account1/steps", null)]
    [InlineData("s3://bucket", "http://127.0.0.1:{0}")]
    public async Task Stores_ThatCannotBeReached_SaySoWithoutSecrets(string uri, string? endpoint)
    {
        // A port that was free a moment ago.
        var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        var port = ((System.Net.IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        var store = new ArtifactStore
        {
            Name = "s",
            Uri = uri.Replace("{0}", $"{port}", StringComparison.Ordinal),
            Endpoint = endpoint?.Replace("{0}", $"{port}", StringComparison.Ordinal),
            Credential = "{{env:KEY}}",
        };
        var secret = endpoint is null ? "aHVudGVyMg==" : "AKIA1:hunter2";
        var options = new StoreOptions { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var opened = await OpenedStore.OpenAsync(store, new() { ["KEY"] = secret }, options);

        var errors = new[]
        {
            await Assert.ThrowsAsync<ArtifactException>(() => opened.FindAsync("a", CancellationToken.None)),
            await Assert.ThrowsAsync<ArtifactException>(() => opened.WriteAsync("a", [1], CancellationToken.None)),
            await Assert.ThrowsAsync<ArtifactException>(() => opened.ListAsync("a", CancellationToken.None)),
            await Assert.ThrowsAsync<ArtifactException>(() => opened.UploadAsync(
                "a", new MemoryStream(new byte[10]), _ => { }, CancellationToken.None)),
        };

        Assert.All(errors, error =>
        {
            Assert.Equal(ErrorIds.ArtifactStoreUnreachable, error.ErrorId);
            Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("aHVudGVyMg", error.ToString(), StringComparison.Ordinal);
            for (Exception? exception = error.InnerException; exception is not null; exception = exception.InnerException)
            {
                Assert.StartsWith("System.", exception.GetType().FullName, StringComparison.Ordinal);
            }
        });
    }
}
