using System.Net.Sockets;
using System.Net.WebSockets;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>A stream over a WebSocket: text and binary messages alike. Pings are answered by the framework.</summary>
internal sealed class ClusterSocket : IClusterStream
{
    private readonly WebSocket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public ClusterSocket(WebSocket socket) => _socket = socket;

    public string End { get; private set; } = "";

    public async Task<ArraySegment<byte>?> ReadAsync(CancellationToken ct)
    {
        while (End.Length == 0)
        {
            try
            {
                var message = await _socket.ReceiveAsync(new ArraySegment<byte>(_buffer), ct).ConfigureAwait(false);
                if (message.MessageType != WebSocketMessageType.Close)
                {
                    if (message.Count > 0)
                    {
                        return new ArraySegment<byte>(_buffer, 0, message.Count);
                    }

                    continue;
                }

                var reason = CleanText.Of(message.CloseStatusDescription, 100);
                End = $"closed ({(int?)message.CloseStatus}{(reason.Length == 0 ? "" : $": {reason}")})";
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", ct).ConfigureAwait(false);
            }
            catch (Exception e) when (
                e is WebSocketException or IOException or SocketException or ObjectDisposedException or InvalidOperationException
                    or OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                End = End.Length > 0 ? End : $"broken off ({CleanText.Of(e.GetBaseException().Message, 100)})";
            }
        }

        return null;
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }
}
