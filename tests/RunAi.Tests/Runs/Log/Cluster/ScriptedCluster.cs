using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RunAi.Tests.Runs.Log.Cluster;

/// <summary>
/// A control plane and its cluster on loopback: the log is served by scripts, one for each connection, the last one again and again.
/// </summary>
internal sealed class ScriptedCluster : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LogConnection, Task>[] _scripts;
    private int _tokens;

    public ScriptedCluster(params Func<LogConnection, Task>[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What the control plane lists as the cluster's domain.</summary>
    public string? Domain { get; set; } = "";

    /// <summary>The pod that the control plane lists.</summary>
    public string Pod { get; set; } = "pod-1";

    /// <summary>The connections to the log, in order.</summary>
    public ConcurrentQueue<LogConnection> Connections { get; } = new();

    /// <summary>Ends when the pods were asked for.</summary>
    public TaskCompletionSource<bool> PodsAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What went wrong in a script.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var head = await HeadAsync(stream);
                var path = head.Split(' ')[1];
                if (!path.StartsWith("/cluster-api/", StringComparison.Ordinal))
                {
                    var body = Encoding.UTF8.GetBytes(Answer(path));
                    var answer = Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
                    await stream.WriteAsync([.. answer, .. body], 0, answer.Length + body.Length);
                    if (path.EndsWith("/pods", StringComparison.Ordinal) || path.Contains("/pods?"))
                    {
                        PodsAsked.TrySetResult(true);
                    }

                    return;
                }

                var connection = new LogConnection(
                    stream, path, Header(head, "Authorization"), AcceptOf(Header(head, "Sec-WebSocket-Key")));
                var number = Connections.Count;
                Connections.Enqueue(connection);
                await _scripts[Math.Min(number, _scripts.Length - 1)](connection);
            }
            catch (IOException)
            {
                // The client has enough.
            }
            catch (Exception e)
            {
                Failures.Enqueue(e);
            }
        }
    }

    private string Answer(string path) => path.Split('?')[0] switch
    {
        "/api/v1/token" or "/api/v2/token" =>
            $$"""{"accessToken":"token-{{Interlocked.Increment(ref _tokens)}}","access_token":"token-{{_tokens}}","token_type":"Bearer","expiresIn":3600,"expires_in":3600}""",
        "/api/v1/org-unit/projects" =>
            """{"projects":[{"id":"1","name":"vision","clusterId":"c1","status":{"namespace":"runai-vision","phase":"Ready"}}]}""",
        "/api/v1/clusters" =>
            $$"""[{"uuid":"c1","name":"local","domain":{{(Domain is null ? "null" : $"\"{(Domain.Length == 0 ? Url : Domain)}\"")}}}]""",
        _ => $$"""{"pods":[{"id":"{{Pod}}","name":"{{Pod}}","workloadId":"w1","k8sPhase":"Running","containers":[{"name":"c","image":"i"}]}]}""",
    };

    private static string Header(string head, string name) =>
        head.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            ?.Substring(name.Length + 1).Trim() ?? "";

    private static string AcceptOf(string key)
    {
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1.
        using var sha = SHA1.Create();
#pragma warning restore CA5350
#pragma warning disable CA1850 // .NET Framework has no static method for it.
        return Convert.ToBase64String(sha.ComputeHash(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA1850
    }

    private static async Task<string> HeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, 0, 1) == 0)
            {
                throw new IOException("The client went away.");
            }

            text.Append((char)one[0]);
        }

        var length = int.Parse("0" + Header(text.ToString(), "Content-Length"), System.Globalization.CultureInfo.InvariantCulture);
        var body = new byte[length];
        for (var at = 0; at < length; at += await stream.ReadAsync(body, at, length - at))
        {
        }

        return text.ToString();
    }
}
