using System.Net;
using System.Net.Sockets;

namespace RunAi.Emulator.Execution;

/// <summary>Ports of this machine that nobody listens at.</summary>
internal static class FreePorts
{
    /// <summary>As many as are asked for, each another one.</summary>
    public static IReadOnlyList<int> Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
