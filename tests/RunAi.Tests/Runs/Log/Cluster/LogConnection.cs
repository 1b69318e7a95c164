using System.Net.Sockets;
using System.Text;

namespace RunAi.Tests.Runs.Log.Cluster;

/// <summary>One request for a log, which a script answers frame by frame (RFC 6455): also as no library would.</summary>
internal sealed class LogConnection
{
    private const byte TextFrame = 0x81;
    private const byte BinaryFrame = 0x82;
    private const byte CloseFrame = 0x88;
    private const byte PingFrame = 0x89;

    private readonly NetworkStream _stream;
    private readonly string _accept;
    private bool _isOpen;

    public LogConnection(NetworkStream stream, string path, string authorization, string accept)
    {
        _stream = stream;
        Path = path;
        Authorization = authorization;
        _accept = accept;
    }

    public string Path { get; }

    public string Authorization { get; }

    public Task TextAsync(string text) => SendAsync(TextFrame, Encoding.UTF8.GetBytes(text));

    /// <summary>A text message of any bytes, such as half a character.</summary>
    public Task TextAsync(byte[] bytes) => SendAsync(TextFrame, bytes);

    public Task BinaryAsync(byte[] bytes) => SendAsync(BinaryFrame, bytes);

    /// <summary>Sends a ping and waits for the pong.</summary>
    public async Task PingAsync(string payload)
    {
        await SendAsync(PingFrame, Encoding.UTF8.GetBytes(payload));
        var head = await ReadAsync(6);
        Assert.Equal(0x8A, head[0]);
        var body = await ReadAsync(head[1] & 0x7F);
        var unmasked = body.Select((value, i) => (byte)(value ^ head[2 + (i % 4)])).ToArray();
        Assert.Equal(payload, Encoding.UTF8.GetString(unmasked));
    }

    public Task CloseAsync(string reason = "") => SendAsync(CloseFrame, [0x03, 0xE8, .. Encoding.UTF8.GetBytes(reason)]);

    /// <summary>Answers with HTTP instead of a stream.</summary>
    public Task RefuseAsync(int status, string body, string type = "text/plain") => WriteAsync(Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status} Refused\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: "
        + $"close\r\n\r\n{body}"));

    private async Task SendAsync(byte opcode, byte[] payload)
    {
        if (!_isOpen)
        {
            _isOpen = true;
            await WriteAsync(Encoding.ASCII.GetBytes(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + $"{_accept}\r\n\r\n"));
        }

        byte[] length = payload.Length < 126 ? [(byte)payload.Length]
            : payload.Length < 65536 ? [126, (byte)(payload.Length >> 8), (byte)payload.Length]
            : [
                127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8),
                (byte)payload.Length];
        await WriteAsync([opcode, .. length, .. payload]);
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, 0, bytes.Length);
        await _stream.FlushAsync();
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await _stream.ReadAsync(bytes, at, count - at);
            Assert.True(read > 0, "The client went away.");
            at += read;
        }

        return bytes;
    }
}
