using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using RunAi.Content;
using RunAi.Http;

namespace RunAi.ControlPlane;

/// <summary>Opens streams of clusters' APIs, through the proxy and with the certificates that requests to control planes have.</summary>
internal sealed class ClusterSockets : IDisposable
{
    private readonly Lazy<HttpMessageHandler> _handler;

    /// <param name="handler">Makes the handler that connections are made with. .NET Framework has its own way and makes no use of
    /// it.</param>
    public ClusterSockets(Func<HttpMessageHandler> handler) => _handler = new Lazy<HttpMessageHandler>(handler);

    /// <summary>Opens a stream.</summary>
    /// <exception cref="ClusterApiException">There is none; the exception says why.</exception>
    public async Task<IClusterStream> OpenAsync(Uri address, AccessToken token, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        using var limit = new StallTimer(time, patience, ct);
        var refusal = new UpgradeRefusal();
        try
        {
            var authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            var socket = await WebSocketPlatform.ConnectAsync(address, authorization, _handler, refusal, limit.Token).ConfigureAwait(false);
            return new ClusterSocket(socket);
        }
        catch (Exception e) when (
            e is WebSocketException or HttpRequestException or IOException or SocketException or OperationCanceledException
                or InvalidOperationException)
        {
            ct.ThrowIfCancellationRequested();
            if (refusal.Status is { } status)
            {
                throw ClusterAnswer.Of(status, refusal.Body, e);
            }

            var why = limit.Token.IsCancellationRequested
                ? $"did not answer within {patience.TotalSeconds:0} s"
                : ConnectionErrors.Describe(e);
            throw new ClusterApiException(ClusterApiTrouble.Unreachable, $"at {address.Authority} {why}", e);
        }
    }

    public void Dispose()
    {
        if (_handler.IsValueCreated)
        {
            _handler.Value.Dispose();
        }
    }
}
