using System.Net;

namespace RunAi.Http;

/// <summary>The few places where .NET Framework and .NET differ in HTTP.</summary>
internal static class HttpPlatform
{
    /// <summary>
    /// A handler that neither follows redirections (a POST would turn into a GET) nor keeps cookies (sessions would mix). A proxy that
    /// wants a sign-in gets the session's default credentials.
    /// </summary>
    public static HttpMessageHandler CreateHandler() => new ProxyRefusal(new HttpClientHandler
    {
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
#if NET472
        // Two connections a host is the process's default.
        SslProtocols = Protocols,
        MaxConnectionsPerServer = 64,
#endif
    });

    /// <summary>The same for contents whose digest counts: they are taken as they come, and sent without a copy in memory.</summary>
    public static HttpMessageHandler CreateRawHandler() => new ProxyRefusal(new HttpClientHandler
    {
        DefaultProxyCredentials = CredentialCache.DefaultCredentials,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
#if NET472
        SslProtocols = Protocols,
        MaxConnectionsPerServer = 64,
#endif
    });

#if NET472
    private static readonly Lazy<HttpClient> ForSdks = new(() => new HttpClient(CreateRawHandler()) { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>The client for SDKs that keep their own time limits; one for the process, never disposed.</summary>
    public static HttpClient SdkClient => ForSdks.Value;

    /// <summary>
    /// The process's own default, so that it decides about TLS 1.3, unless that default excludes TLS 1.2, as it does in Windows PowerShell
    /// on systems that were not told otherwise. The default itself is not ours to change.
    /// </summary>
    private static System.Security.Authentication.SslProtocols Protocols =>
        ServicePointManager.SecurityProtocol is var standard
        && (standard == SecurityProtocolType.SystemDefault || standard.HasFlag(SecurityProtocolType.Tls12))
            ? System.Security.Authentication.SslProtocols.None
            : System.Security.Authentication.SslProtocols.Tls12;
#endif

    /// <summary>Opens a body for reading.</summary>
    public static Task<Stream> OpenAsync(HttpContent content, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
#if NET472
        return content.ReadAsStreamAsync();
#else
        return content.ReadAsStreamAsync(ct);
#endif
    }

    /// <summary>True when a proxy refused to let a connection through without a sign-in.</summary>
    public static bool IsProxyRefusal(HttpRequestException failure) =>
#if NET472
        failure.InnerException is WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } };
#else
        failure.HttpRequestError == HttpRequestError.ProxyTunnelError && failure.Message.Contains("407", StringComparison.Ordinal);
#endif

    /// <summary>True when the exception proves that no connection was made, so nothing was sent.</summary>
    public static bool NeverConnected(Exception exception) =>
#if NET472
        exception.InnerException is WebException
        {
            Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
                or WebExceptionStatus.ConnectFailure or WebExceptionStatus.TrustFailure
                or WebExceptionStatus.SecureChannelFailure,
        };
#else
        exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
#endif
}
