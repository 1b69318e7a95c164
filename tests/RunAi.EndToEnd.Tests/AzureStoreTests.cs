using Azure.Storage.Sas;

namespace RunAi.EndToEnd.Tests;

/// <summary>The Azure store against Azurite.</summary>
[Collection(StoreServers.Name)]
public sealed class AzureStoreTests(AzuriteServer server) : RemoteStoreContract
{
    private protected override (string Right, string Wrong) Secrets => (server.Key, Convert.ToBase64String(new byte[32]));

    private protected override int ServerPort => server.Port;

    private protected override int PageSize => 5000;

    private protected override async Task<ArtifactStore> NewStoreAsync() => new()
    {
        Name = "azurite",
        Uri = $"az+{server.Endpoint}/{await server.NewContainerAsync()}/some/prefix",
    };

    private protected override ArtifactStore Through(int port, ArtifactStore store) => new()
    {
        Name = store.Name,
        Uri = store.Uri.Replace($":{ServerPort}/", $":{port}/", StringComparison.Ordinal),
    };

    private protected override void StopServer() => server.Stop();

    private protected override Task StartServerAsync() => server.StartAsync();

    [SkippableFact]
    public async Task SignatureOfAContainer_AsTheOnlyCredential_IsEnoughAndPassedOn()
    {
        var container = server.Service().GetBlobContainerClient(await server.NewContainerAsync());
        var signature = container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1)).Query;
        var store = await OpenAsync(
            new ArtifactStore { Name = "sas", Uri = $"az://{AzuriteServer.Account}/{container.Name}", Endpoint = server.Endpoint },
            signature);

        await store.WriteAsync("a", Bytes("hello"), None);
        var signer = await store.SignerAsync(TimeSpan.FromDays(3), None);
        using var http = new HttpClient();

        Assert.Equal("hello", await http.GetStringAsync(new Uri(signer.Get("a"))));
        Assert.InRange(signer.ExpiresAt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [SkippableFact]
    public async Task SignatureThatOnlyReads_MayNotWrite()
    {
        var container = server.Service().GetBlobContainerClient(await server.NewContainerAsync());
        var signature = container.GenerateSasUri(BlobContainerSasPermissions.Read, TimeProvider.System.GetUtcNow().AddHours(1)).Query;
        var store = await OpenAsync(new ArtifactStore { Name = "sas", Uri = $"az+{server.Endpoint}/{container.Name}" }, signature);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a", [1], None));

        Assert.Equal(ErrorIds.ArtifactStoreDenied, error.ErrorId);
        Assert.DoesNotContain("sig=", error.ToString(), StringComparison.Ordinal);
    }
}
