using System.Net;

namespace RunAi.Http;

/// <summary>
/// A proxy that wants a sign-in answers in place of the host (RFC 9110, 407): that is told as the proxy's and not repeated, since accounts
/// get locked.
/// </summary>
internal sealed class ProxyRefusal : DelegatingHandler
{
    /// <summary>The reason, to follow the name of a host.</summary>
    public const string Words = "is behind a proxy that wants a sign-in (407), for which the session's default credentials were not "
        + "enough. Give the proxy's user and password in HTTPS_PROXY or HTTP_PROXY (http://USER:PASSWORD@HOST:PORT), or set "
        + "[System.Net.Http.HttpClient]::DefaultProxy.Credentials in the session";

    private const string Mark = "A proxy wants a sign-in (407)";

    public ProxyRefusal(HttpMessageHandler inner)
        : base(inner)
    {
    }

    /// <summary>True for a failure that is the proxy's.</summary>
    public static bool Is(Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException && cause.Message.StartsWith(Mark, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failed) when (HttpPlatform.IsProxyRefusal(failed))
        {
            throw New();
        }

        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
        {
            response.Dispose();
            throw New();
        }

        return response;
    }

    private static HttpRequestException New() => new($"{Mark}: the host {Words}.");
}
