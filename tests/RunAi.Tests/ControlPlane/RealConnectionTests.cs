using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.Tests.ControlPlane;

/// <summary>The handler that ships, over real sockets.</summary>
public sealed class RealConnectionTests
{
    private const string Token = """{"access_token":"abc","token_type":"Bearer","expires_in":3600}""";

    [Fact]
    public async Task Submit_OnTheWire_IsThisAndNothingElse()
    {
        using var server = new RawServer(n => RawServer.Json(n == 0 ? Token : """{"workloadId":"w-1"}""", headers: "Set-Cookie: a=b\r\n"));
        using var cache = NewCache();
        var client = NewClient(cache, server.Url);

        await client.CreateTrainingAsync(new JObject { ["name"] = "é" }, default);

        var host = server.Url["http://".Length..];
        Assert.Equal(
            $"POST /api/v1/workloads/trainings HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nAuthorization: Bearer abc\r\n"
            + "Accept-Encoding: gzip, deflate\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"name\":\"é\"}",
            Edition.IsDesktop ? HostFirst(server.Requests[1], host) : server.Requests[1]);
        Assert.DoesNotContain("Authorization", server.Requests[0]);
    }

    /// <summary>The order of headers means nothing; .NET Framework's and Mono's differ from .NET's.</summary>
    private static string HostFirst(string request, string host)
    {
        var (head, body) = (request[..request.IndexOf("\r\n\r\n")], request[request.IndexOf("\r\n\r\n")..]);
        string[] order = ["POST", "Host", "Accept:", "Authorization", "Accept-Encoding", "Content-Type", "Content-Length"];
        var lines = head.Split(["\r\n"], StringSplitOptions.None);
        Assert.Contains($"Host: {host}", lines);
        return string.Join("\r\n", lines.OrderBy(line => Array.FindIndex(order, name => line.StartsWith(name)))) + body;
    }

    [Fact]
    public async Task FilterOnTheWire_IsPercentEncodedWithBareCommas()
    {
        using var server = new RawServer(n => RawServer.Json(n == 0 ? Token : """{"workloads":[]}"""));
        using var cache = NewCache();

        await NewClient(cache, server.Url).ListWorkloadsAsync(
            new() { Filters = [Filter.Equal("name", "a b"), Filter.StartsWith("projectName", "é$")] }, default);

        Assert.StartsWith("GET /api/v1/workloads?filterBy=name%3D%3Da%20b,projectName%3D%5E%C3%A9%24 HTTP/1.1\r\n", server.Requests[1]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"workloadId\":\"w")]
    [InlineData("HTTP/1.1 202 Acc")]
    [InlineData("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"wor")]
    public async Task Create_WhoseConnectionBreaks_IsSentOnceAndMayHaveHappened(string? answer)
    {
        using var server = new RawServer(n => n == 0 ? RawServer.Json(Token) : answer);
        using var cache = NewCache();

        var error = await Assert.ThrowsAsync<RunAiApiException>(() => NewClient(cache, server.Url).CreateTrainingAsync(
            new JObject { ["name"] = "a" }, default));

        Assert.True(error.MayHaveHappened);
        Assert.Equal(ErrorIds.ControlPlaneUnreachable, error.ErrorId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Read_WhoseBodyIsCut_IsReadAgain()
    {
        using var server = new RawServer(n => n switch
        {
            0 => RawServer.Json(Token),
            1 => "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"workloads\":[",
            _ => RawServer.Json("""{"workloads":[{"id":"w"}]}"""),
        });
        using var cache = NewCache();

        Assert.Single((await NewClient(cache, server.Url).ListWorkloadsAsync(new(), default)).Items);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Redirection_OfACreate_IsNotFollowed()
    {
        using var server = new RawServer(n => n == 0 ? RawServer.Json(Token) : RawServer.Json("", "302 Found", "Location: /login\r\n"));
        using var cache = NewCache();

        var error = await Assert.ThrowsAsync<RunAiApiException>(() => NewClient(cache, server.Url).CreateTrainingAsync(
            new JObject { ["name"] = "a" }, default));

        Assert.Equal((302, false), (error.StatusCode, error.MayHaveHappened));
        Assert.Contains("/login", error.Message);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task NoServer_IsUnreachable_NamingHostAndPort()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var cache = NewCache();

        var error = await Assert.ThrowsAsync<RunAiApiException>(() => NewClient(cache, $"http://127.0.0.1:{port}").ConnectAsync(default));

        Assert.Equal((ErrorIds.ControlPlaneUnreachable, false), (error.ErrorId, error.MayHaveHappened));
        Assert.Contains($"127.0.0.1:{port} refused the connection", error.Message);
    }

    [Fact]
    public async Task NoSuchHost_IsUnreachable_ForDns()
    {
        using var cache = NewCache();

        var error = await Assert.ThrowsAsync<RunAiApiException>(() => NewClient(
            cache, "https://no-such-host.invalid").ConnectAsync(default));

        Assert.Equal(ErrorIds.ControlPlaneUnreachable, error.ErrorId);
        Assert.Contains("no-such-host.invalid has a name that cannot be resolved", error.Message);
    }

    [Fact]
    public async Task PlainServerBehindHttps_IsUnreachable_ForTls()
    {
        using var cache = NewCache();
        using var over = new CancellationTokenSource();
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accept = AnswerPlainAsync(listener, over.Token);

        var error = await Assert.ThrowsAsync<RunAiApiException>(
            () => NewClient(cache, $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}").ConnectAsync(default));

        await over.CancelAsync();
        listener.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accept);
        Assert.Equal(ErrorIds.ControlPlaneUnreachable, error.ErrorId);
        Assert.Contains("TLS", error.Message);
    }

    private static async Task AnswerPlainAsync(TcpListener listener, CancellationToken ct)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(ct);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), ct);
        }
    }

    private static SessionCache NewCache() =>
        new(new ControlPlaneTransport(
            new() { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = TimeSpan.FromSeconds(30) }));

    private static ControlPlaneClient NewClient(SessionCache cache, string url) =>
        new(cache.GetOrAdd(url, "x", "a test"), new ClientCredential(_ => Task.FromResult(new SecretText("s")), "a test"), new ListLog());
}
