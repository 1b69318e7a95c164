using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class ClusterApiTests
{
    private const string Hello = """{"command":"sh -c","args":"'echo hi; echo bye >&2'"}""";

    [Fact]
    public async Task Log_OfATraining_IsStreamedUntilItsEnd_AndThereAfterwards()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", """{"command":"sh -c","args":"'echo hi; sleep 1; echo bye'"}""");
        await emulator.ReachesAsync(id, "Running");

        Assert.Equal(("hi\nbye\n", true), await ReadAsync(emulator, "one"));
        Assert.Equal(("hi\nbye\n", true), await ReadAsync(emulator, "one"));
        Assert.Equal("hi\nbye\n", await (await GetAsync(emulator, Path("one") + "/download")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Status_NeedsATokenAndSaysOk()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.Bare.GetAsync("/cluster-api/status")).StatusCode);
        Assert.Equal("OK", await (await GetAsync(emulator, "/cluster-api/status")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("none", "training/runai", "404 one of requested resource was not found")]
    [InlineData("one", "training/pytorch", "404 one of requested resource was not found")]
    [InlineData("one", "training/runai", "400 workload is not ready to stream: pod is not ready")]
    public async Task Log_ThatIsNotThere_IsRefusedInTheWordsOfTheField(string name, string kind, string expected)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("one");

        Assert.Equal(expected, await RefusalAsync(emulator, Path(name, kind)));
    }

    [Fact]
    public async Task Domain_OfAClusterThatTheSeedGivesNone_IsTheEmulatorItself()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var clusters = (JsonArray)await emulator.GetAsync("/api/v1/clusters");

        Assert.Equal(emulator.Host.Line.Uri, (string)clusters[0]!["domain"]!);
    }

    [Fact]
    public async Task Log_OfALeader_IsTheMasters_AndPodNamesAnother()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitDistributedAsync("one", """{"command":"sh -c","args":"'echo $HOSTNAME'","cleanPodPolicy":"None"}""");
        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal("one-master-0\n", (await ReadAsync(emulator, "one", kind: "training/pytorch")).Text);
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        string text;
        do
        {
            // A worker may be a little behind the master.
            patience.Token.ThrowIfCancellationRequested();
            text = (await ReadAsync(emulator, "one", "?pod=one-worker-1", "training/pytorch")).Text;
        }
        while (text.Length == 0);

        Assert.Equal("one-worker-1\n", text);
    }

    [Fact]
    public async Task Stream_EndsWithTheTokenItWasOpenedWith()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", """{"command":"sh -c","args":"'echo hi; sleep 60'"}""");
        await emulator.ReachesAsync(id, "Running");
        using var socket = await OpenAsync(emulator, "one");
        await FirstAsync(socket);

        await emulator.AdvanceAsync(3601);

        Assert.False((await ReadAsync(socket)).Closed);
    }

    [Fact]
    public async Task Stream_WithACutAfterFiftyFiveMinutes_IsCutThen()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        await emulator.AddFaultAsync(new { path = "/cluster-api/*", kind = "streamCut", seconds = 3300 });
        var id = await emulator.SubmitAsync("one", """{"command":"sh -c","args":"'echo hi; sleep 60'"}""");
        await emulator.ReachesAsync(id, "Running");
        using var socket = await OpenAsync(emulator, "one");
        await FirstAsync(socket);
        var reading = ReadAsync(socket);

        await emulator.AdvanceAsync(3290);
        Assert.False(reading.IsCompleted);
        await emulator.AdvanceAsync(20);

        Assert.False((await reading).Closed);
    }

    [Fact]
    public async Task Stream_WithTimestamps_HasTheTimeOfEachLine()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", Hello);
        await emulator.ReachesAsync(id, "Completed");

        var lines = (await ReadAsync(emulator, "one", "?timestamps=true")).Text.TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.True(DateTimeOffset.TryParse(line.Split(' ')[0], out _), line));
    }

    private static string Path(string name, string kind = "training/runai") => $"/cluster-api/api/v1/demo/workloads/{kind}/{name}/logs";

    private static async Task<HttpResponseMessage> GetAsync(TestEmulator emulator, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await emulator.TokenAsync());
        return await emulator.Bare.SendAsync(request);
    }

    private static async Task<string> RefusalAsync(TestEmulator emulator, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await emulator.TokenAsync());
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        using var answer = await emulator.Bare.SendAsync(request);
        return $"{(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).Trim()}";
    }

    /// <summary>What a stream brings, and whether it was closed as it should be.</summary>
    private static async Task<(string Text, bool Closed)> ReadAsync(
        TestEmulator emulator, string name, string query = "", string kind = "training/runai")
    {
        using var socket = await OpenAsync(emulator, name, query, kind);
        return await ReadAsync(socket);
    }

    private static async Task<ClientWebSocket> OpenAsync(
        TestEmulator emulator, string name, string query = "", string kind = "training/runai")
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + await emulator.TokenAsync());
        var address = new UriBuilder(emulator.Host.Line.Uri + Path(name, kind) + query) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(address, patience.Token);
        return socket;
    }

    private static async Task FirstAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        await socket.ReceiveAsync(new byte[4096], patience.Token);
    }

    private static async Task<(string Text, bool Closed)> ReadAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var message = await socket.ReceiveAsync(buffer, patience.Token);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    return (text.ToString(), true);
                }

                text.Append(Encoding.UTF8.GetString(buffer, 0, message.Count));
            }
        }
        catch (WebSocketException)
        {
            return (text.ToString(), false);
        }
    }
}
