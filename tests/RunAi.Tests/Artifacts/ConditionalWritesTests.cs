using RunAi.Artifacts;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Artifacts;

public sealed class ConditionalWritesTests
{
    private const string Taken = "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Refused = "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    [Fact]
    public async Task StoreThatIgnoresConditions_IsRefused_AndNothingIsLeft()
    {
        using var server = new RawServer(_ => Taken);

        var error = await Assert.ThrowsAsync<ArtifactException>(async () => await ConditionalWrites.RequireAsync(
            await OpenAsync(server), default));

        Assert.Contains("-AllowUnconditionalWrites", error.Message, StringComparison.Ordinal);
        Assert.Equal(["PUT", "PUT", "DELETE"], server.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task StoreThatKeepsThem_IsAskedOnce()
    {
        using var server = new RawServer(n => n == 1 ? Refused : Taken);
        var store = await OpenAsync(server);

        await ConditionalWrites.RequireAsync(store, default);
        await ConditionalWrites.RequireAsync(store, default);

        Assert.Equal(["PUT", "PUT", "HEAD", "DELETE"], server.Requests.Select(request => request.Split(' ')[0]));
    }

    /// <summary>Each under a prefix of its own, since what was found holds for the process.</summary>
    private static Task<IArtifactStore> OpenAsync(RawServer server) => OpenedStore.OpenAsync(
        new ArtifactStore
        {
            Name = "s",
            Uri = $"s3://bucket/{Guid.NewGuid():N}",
            Endpoint = server.Url,
            AccessKeyId = "id",
            Credential = "{{env:KEY}}",
        },
        new() { ["KEY"] = "secret" });
}
