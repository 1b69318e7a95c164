#if NETFRAMEWORK
using System.Net;
#endif
using System.Net.Sockets;
using System.Security.Authentication;

namespace RunAi.Tests.ControlPlane;

/// <summary>How the HTTP client of the edition under test tells what became of a connection.</summary>
internal static class ConnectionFailures
{
#if NETFRAMEWORK
    public static HttpRequestException NoName() =>
        Of(WebExceptionStatus.NameResolutionFailure, new SocketException((int)SocketError.HostNotFound));

    public static HttpRequestException NoTls() =>
        Of(WebExceptionStatus.TrustFailure, new AuthenticationException("The remote certificate is invalid"));

    public static HttpRequestException Refused() =>
        Of(WebExceptionStatus.ConnectFailure, new SocketException((int)SocketError.ConnectionRefused));

    public static HttpRequestException Reset() =>
        Of(WebExceptionStatus.SendFailure, new IOException("reset", new SocketException((int)SocketError.ConnectionReset)));

    public static HttpRequestException Ended() => Of(WebExceptionStatus.ConnectionClosed, new IOException("ended"));

    private static HttpRequestException Of(WebExceptionStatus status, Exception cause) =>
        new("An error occurred while sending the request.", new WebException(cause.Message, cause, status, null));
#else
    public static HttpRequestException NoName() =>
        new(HttpRequestError.NameResolutionError, "x", new SocketException((int)SocketError.HostNotFound));

    public static HttpRequestException NoTls() =>
        new(HttpRequestError.SecureConnectionError, "x", new AuthenticationException("The remote certificate is invalid"));

    public static HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));

    public static HttpRequestException Reset() =>
        new(HttpRequestError.Unknown, "Error while sending", new IOException(
            "reset", new SocketException((int)SocketError.ConnectionReset)));

    public static HttpRequestException Ended() => new(HttpRequestError.ResponseEnded, "ended", new IOException("ended"));
#endif
}
