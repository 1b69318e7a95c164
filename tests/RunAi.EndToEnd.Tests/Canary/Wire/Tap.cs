using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RunAi.EndToEnd.Tests.Canary.Wire;

/// <summary>Passes connections on to a server, byte by byte, and keeps the requests that went over them.</summary>
internal sealed class Tap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;

    public Tap(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            return;
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server);
            var reader = new RequestReader();
            var there = CopyAsync(client.GetStream(), server.GetStream(), bytes => Keep(reader.Add(bytes.Span)));
            var back = CopyAsync(server.GetStream(), client.GetStream(), _ => { });
            await Task.WhenAny(there, back);
        }
    }

    private void Keep(IReadOnlyList<RecordedRequest> requests)
    {
        foreach (var request in requests)
        {
            Requests.Enqueue(request);
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> seen)
    {
        var buffer = new byte[81920];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                // Kept before it is passed on: whoever has an answer can find the request.
                seen(buffer.AsMemory(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return;
        }
    }
}
