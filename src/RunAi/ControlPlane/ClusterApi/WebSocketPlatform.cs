using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;

namespace RunAi.ControlPlane;

/// <summary>Where .NET Framework and .NET differ in opening a WebSocket.</summary>
internal static class WebSocketPlatform
{
    /// <summary>Below the idle limits of ingresses and firewalls, which are a minute and more.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Opens a WebSocket. On .NET the framework is kept from checking text messages, since a server may cut a character between two of
    /// them; .NET Framework's own implementation ends the stream there.
    /// </summary>
    public static async Task<WebSocket> ConnectAsync(
        Uri address, AuthenticationHeaderValue authorization, Lazy<HttpMessageHandler> handler, UpgradeRefusal refusal,
        CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", authorization.ToString());
            socket.Options.KeepAliveInterval = PingInterval;
#if NET472
            await socket.ConnectAsync(address, ct).ConfigureAwait(false);
#else
            using var invoker = new HttpMessageInvoker(new UpgradeHandler(handler.Value, refusal), disposeHandler: false);
            await socket.ConnectAsync(address, invoker, ct).ConfigureAwait(false);
#endif
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (refusal.Status is null && e.GetBaseException() is WebException { Response: HttpWebResponse answer })
            {
                refusal.Status = (int)answer.StatusCode;
                refusal.Body = Beginning(answer);
            }

            throw;
        }
    }

    private static string Beginning(HttpWebResponse answer)
    {
        try
        {
            using var reader = new StreamReader(answer.GetResponseStream(), Encoding.UTF8);
            var buffer = new char[UpgradeRefusal.MostBytes];
            return new string(buffer, 0, reader.ReadBlock(buffer, 0, buffer.Length));
        }
        catch (Exception e) when (e is IOException or WebException or ObjectDisposedException or ProtocolViolationException)
        {
            return e.Message;
        }
    }
}
