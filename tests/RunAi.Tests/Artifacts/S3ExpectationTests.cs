using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Artifacts;

/// <summary>
/// A server that refuses late takes a body that nobody waits for any more for the next request, so small ones go along at once.
/// </summary>
public sealed class S3ExpectationTests
{
    [SkippableTheory]
    [InlineData(1, false)]
    [InlineData(64 << 10, false)]
    [InlineData((64 << 10) + 1, true)]
    public async Task Put_AsksLeaveForALargeBodyOnly(int size, bool asks)
    {
        Skip.If(Edition.IsDesktop && !asks, "On .NET Framework the AWS SDK always asks, and leaves no way to say otherwise.");
        using var server = new RawServer(_ => "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
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

        await store.WriteAsync("a", new byte[size], default);

        Assert.Equal(asks, Assert.Single(server.Requests).Contains("\r\nExpect: 100-continue\r\n", StringComparison.OrdinalIgnoreCase));
    }
}
