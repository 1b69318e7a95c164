using System.Net.Sockets;
using System.Security.Authentication;
using RunAi.Redaction;

namespace RunAi.Http;

/// <summary>Says in words what went wrong between here and a host.</summary>
internal static class ConnectionErrors
{
    /// <summary>The reason, to follow "the control plane at HOST".</summary>
    public static string Describe(Exception exception)
    {
        if (ProxyRefusal.Is(exception))
        {
            return ProxyRefusal.Words;
        }

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return $"did not pass the TLS check ({CleanText.Of(cause.Message)}). A private certificate authority must be "
                        + "trusted by this machine";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "has a name that cannot be resolved (DNS)";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "refused the connection";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted }:
                    return "broke the connection";
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return "cannot be reached over this network";
                case SocketException socket:
                    return $"cannot be talked to ({socket.SocketErrorCode})";
            }
        }

        return $"broke the connection ({CleanText.Of(exception.GetBaseException().Message)})";
    }
}
