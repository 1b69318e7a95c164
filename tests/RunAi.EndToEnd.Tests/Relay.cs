using System.Net;
using System.Net.Sockets;

namespace RunAi.EndToEnd.Tests;

/// <summary>Passes connections on to a server and counts the bytes sent to it.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private long _sent;
    private int _refused;

    public Relay(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The bytes sent to the server so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How many connections found no server.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            return;
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server);
                var there = CopyAsync(client.GetStream(), server.GetStream(), count => Interlocked.Add(ref _sent, count));
                var back = CopyAsync(server.GetStream(), client.GetStream(), _ => { });
                await Task.WhenAny(there, back);
            }
            catch (SocketException)
            {
                Interlocked.Increment(ref _refused);
                client.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Action<int> count)
    {
        var buffer = new byte[81920];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, read));
                count(read);
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return;
        }
    }
}
