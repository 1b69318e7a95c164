using RunAi.Artifacts;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Artifacts;

/// <summary>Stores in trouble for a while, or whose clock is another's: stand-ins that answer with raw bytes.</summary>
public sealed class StorePatienceTests
{
    private const string SlowDown = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Taken = "HTTP/1.1 201 Created\r\nETag: \"1\"\r\nLast-Modified: Tue, 01 Jan 2030 00:00:00 GMT\r\nContent-Length: "
        + "0\r\nConnection: close\r\n\r\n";

    private static readonly StoreOptions Quick = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        RetryTimeout = TimeSpan.FromMinutes(5),
    };

    [Theory]
    [InlineData("s3")]
    [InlineData("azure")]
    public async Task Busy_ManyTimes_IsTriedAgainByEveryKindOfStore(string kind)
    {
        using var server = new RawServer(n => n < 15 ? SlowDown : Taken);
        var store = await OpenAsync(kind, server.Url, Quick);

        await store.WriteAsync("a", [1], default);

        Assert.Equal(16, server.Requests.Count);
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("azure")]
    public async Task Busy_ForLongerThanThePatience_IsUnreachable(string kind)
    {
        using var server = new RawServer(_ => SlowDown);
        var store = await OpenAsync(kind, server.Url, Quick with { RetryTimeout = TimeSpan.Zero });

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a", [1], default));

        Assert.Equal(ErrorIds.ArtifactStoreUnreachable, error.ErrorId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Patience_IsSettableByStore()
    {
        using var server = new RawServer(_ => SlowDown);
        var registered = Registered("s3", server.Url);
        registered.RetryTimeout = TimeSpan.Zero;
        var store = await OpenedStore.OpenAsync(registered, Variables("s3"), Quick);

        await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a", [1], default));

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void Default_IsHalfAMinute() => Assert.Equal(TimeSpan.FromSeconds(30), StoreOptions.Default.RetryTimeout);

    [Fact]
    public async Task Creation_WhoseAnswerWasLost_IsOurs()
    {
        var mark = "";
        using var server = new RawServer(n => n switch
        {
            0 or 1 => null,
            2 => "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            _ => $"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 1\r\nx-amz-meta-runai-creator: {mark}\r\nConnection: close\r\n\r\n",
        });
        var store = await OpenAsync("s3", server.Url, Quick);
        server.Received = request => mark = Header(request, "x-amz-meta-runai-creator") ?? mark;

        Assert.True(await store.TryCreateAsync("a", [1], default));
    }

    [Theory]
    [InlineData("s3", 20, "00:20:00 ahead of")]
    [InlineData("s3", -20, "00:20:00 behind")]
    [InlineData("azure", 20, "00:20:00 ahead of")]
    [InlineData("azure", -20, "00:20:00 behind")]
    public async Task Refusal_OfAStoreWithAnotherClock_BlamesTheClock(string kind, int minutes, string words)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var date = time.GetUtcNow().AddMinutes(minutes).ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        using var server = new RawServer(_ => $"HTTP/1.1 403 Forbidden\r\nDate: {date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var store = await OpenedStore.OpenAsync(Registered(kind, server.Url), Variables(kind), Quick, time: time);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.FindAsync("a", default));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Check the credential", error.Message, StringComparison.Ordinal);
    }

    private static Task<IArtifactStore> OpenAsync(string kind, string url, StoreOptions options) =>
        OpenedStore.OpenAsync(Registered(kind, url), Variables(kind), options);

    private static ArtifactStore Registered(string kind, string url) => kind == "s3"
        ? new ArtifactStore { Name = "s", Uri = "s3://bucket/team", Endpoint = url, AccessKeyId = "id", Credential = "{{env:KEY}}" }
        : new ArtifactStore { Name = "s", Uri = $"az+{url}/account/container", Credential = "{{env:KEY}}" };

    private static Dictionary<string, string> Variables(string kind) =>
        new() { ["KEY"] = kind == "s3" ? "secret" : Convert.ToBase64String(new byte[32]) };

    private static string? Header(string request, string name) =>
        request.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?.Split(':')[1].Trim();
}
