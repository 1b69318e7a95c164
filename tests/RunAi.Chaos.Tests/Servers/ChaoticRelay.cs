using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RunAi.Chaos.Tests.Servers;

/// <summary>
/// Passes connections on to a server as a bad network does: cuts and delays either way, and repeats and garbles what the server answers.
/// It strikes at the first bytes of a message, so that long answers fare no worse than short ones. The n-th connection meets the same fate
/// for the same seed and bytes. Requests are not garbled: without TLS nobody could tell a changed
/// request from another one. For the same reason a garbled byte is one that no proper answer holds.
/// </summary>
internal sealed class ChaoticRelay : IDisposable
{
    private const double CutShare = 0.04;
    private const double DelayShare = 0.10;
    private const double DuplicateShare = 0.03;
    private const double GarbleShare = 0.08;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(80);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Mischief, int> _done = new();
    private readonly int _server;
    private readonly int _seed;
    private int _connections;

    public ChaoticRelay(int server, int seed)
    {
        (_server, _seed) = (server, seed);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    /// <summary>How often it did what.</summary>
    public IReadOnlyDictionary<Mischief, int> Done => _done;

    /// <summary>False to pass all on as it is.</summary>
    public bool IsMischievous { get; set; } = true;

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
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = PassAsync(client, ++_connections);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            return;
        }
    }

    private async Task PassAsync(TcpClient client, int number)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server);
                var speaker = new StrongBox<bool>(true);
                var there = CopyAsync(client.GetStream(), server.GetStream(), new Random(_seed + (2 * number)), speaker, isAnswer: false);
                var back = CopyAsync(server.GetStream(), client.GetStream(), new Random(_seed + (2 * number) + 1), speaker, isAnswer: true);
                await Task.WhenAny(there, back);
            }
            catch (SocketException)
            {
                // The server is away: so is this connection, at once.
            }

            client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, Random random, StrongBox<bool> speaker, bool isAnswer)
    {
        var buffer = new byte[16384];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer)) > 0;)
            {
                var isFirst = speaker.Value != isAnswer;
                speaker.Value = isAnswer;
                if (!IsMischievous || !isFirst)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read));
                }
                else if (!await PassAsync(buffer.AsMemory(0, read), to, random, isAnswer))
                {
                    return;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return;
        }
    }

    /// <summary>Passes some bytes on; false to end the connection.</summary>
    private async Task<bool> PassAsync(Memory<byte> bytes, NetworkStream to, Random random, bool isAnswer)
    {
        if (Does(Mischief.Delay, DelayShare, random))
        {
            using var late = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, (int)LongestDelay.TotalMilliseconds)));
            await late.WaitForNextTickAsync();
        }

        if (Does(Mischief.Cut, CutShare, random))
        {
            await to.WriteAsync(bytes[..random.Next(bytes.Length)]);
            return false;
        }

        if (isAnswer && Does(Mischief.Garble, GarbleShare, random))
        {
            bytes.Span[random.Next(bytes.Length)] = (byte)(random.Next(2) == 0 ? random.Next(0x01, 0x08) : random.Next(0xF8, 0x100));
        }

        await to.WriteAsync(bytes);
        if (isAnswer && Does(Mischief.Duplicate, DuplicateShare, random))
        {
            await to.WriteAsync(bytes);
        }

        return true;
    }

    private bool Does(Mischief mischief, double share, Random random)
    {
        if (random.NextDouble() >= share)
        {
            return false;
        }

        _done.AddOrUpdate(mischief, 1, (_, count) => count + 1);
        return true;
    }
}
