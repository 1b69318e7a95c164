using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RunAi.EndToEnd.Tests.Canary.Wire;

/// <summary>A server that answers every request as a test says, however little that has to do with HTTP.</summary>
internal sealed class HostileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RecordedRequest, string> _answer;
    private int _answered;

    public HostileServer(Func<RecordedRequest, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many requests it has answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>An answer with a body and the connection's end after it.</summary>
    public static string Answer(int status, string type, string body, string more = "") =>
        $"HTTP/1.1 {status} Answer\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: "
        + $"close\r\n{more}\r\n{body}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var reader = new RequestReader();
            var stream = client.GetStream();
            var buffer = new byte[81920];
            try
            {
                // A hello of TLS is no request: whoever tries that first is to try without.
                for (int read; (read = await stream.ReadAsync(buffer)) > 0 && char.IsAsciiLetter((char)buffer[0]);)
                {
                    foreach (var request in reader.Add(buffer.AsSpan(0, read)))
                    {
                        await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer(request)));
                        Interlocked.Increment(ref _answered);
                        return;
                    }
                }
            }
            catch (IOException)
            {
                // The client went away, as it may.
                return;
            }
        }
    }
}
