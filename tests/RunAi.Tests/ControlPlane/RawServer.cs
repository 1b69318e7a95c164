using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RunAi.Tests.ControlPlane;

/// <summary>
/// A server on loopback that keeps the bytes of each request and answers with raw bytes, one request for each connection.
/// </summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, string?> _answer;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts; the answer for the n-th request may be null, which resets the connection.</summary>
    public RawServer(Func<int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public List<string> Requests { get; } = [];

    /// <summary>Called with each request before it is answered.</summary>
    public Action<string>? Received { get; set; }

    public static string Json(string body, string status = "200 OK", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: "
        + $"{Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                Requests.Add(await ReadAsync(stream));
                Received?.Invoke(Requests[^1]);
                if (_answer(Requests.Count - 1) is { } answer)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                }
                else
                {
                    client.LingerState = new LingerOption(true, 0);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var length = text[..end].Split("\r\n")
                    .FirstOrDefault(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
                if (bytes.Count >= end + 4 + int.Parse(length ?? "0", System.Globalization.CultureInfo.InvariantCulture))
                {
                    return text;
                }
            }

            var read = await stream.ReadAsync(buffer, _stop.Token);
            Assert.True(read > 0, "The client closed the connection within its request.");
            bytes.AddRange(buffer.AsSpan(0, read));
        }
    }
}
