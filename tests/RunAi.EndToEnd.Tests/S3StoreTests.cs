namespace RunAi.EndToEnd.Tests;

/// <summary>The S3 store against Ceph's gateway.</summary>
[Collection(StoreServers.Name)]
public sealed class S3StoreTests(CephServer server) : RemoteStoreContract
{
    private protected override (string Right, string Wrong) Secrets => (server.Login, $"{CephServer.AccessKey}:wrongSKwrong");

    private protected override int ServerPort => server.Port;

    private protected override int PageSize => 1000;

    private protected override async Task<ArtifactStore> NewStoreAsync() => new()
    {
        Name = "ceph",
        Uri = $"s3://{await server.NewBucketAsync()}/some/prefix",
        Endpoint = server.Endpoint,
    };

    private protected override ArtifactStore Through(int port, ArtifactStore store) => new()
    {
        Name = store.Name,
        Uri = store.Uri,
        Endpoint = $"http://127.0.0.1:{port}",
    };

    private protected override void StopServer() => server.KillGateway();

    private protected override Task StartServerAsync() => server.StartGatewayAsync();

    [SkippableFact]
    public async Task Objects_AreStoredAsTheyAre()
    {
        var registered = await NewStoreAsync();
        var store = await OpenAsync(registered, Secrets.Right);

        await store.UploadAsync("big", new MemoryStream(new byte[6 << 20]), _ => { }, None);
        await store.WriteAsync("small", Bytes("hello"), None);

        using var client = server.Client();
        foreach (var (key, size) in new[] { ("big", 6L << 20), ("small", 5L) })
        {
            using var found = await client.GetObjectAsync(store.Uri.Split('/')[2], $"some/prefix/{key}");
            Assert.Equal(size, found.ContentLength);
            Assert.True(string.IsNullOrEmpty(found.Headers.ContentEncoding), found.Headers.ContentEncoding);
        }

        Assert.Empty((await client.ListMultipartUploadsAsync(store.Uri.Split('/')[2])).MultipartUploads ?? []);
    }
}
