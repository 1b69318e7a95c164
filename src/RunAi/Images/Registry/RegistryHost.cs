using System.Net;
using System.Net.Http.Headers;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>
/// One registry: finds out how it is spoken to (https, or http where that may be), answers its challenges, and follows its
/// redirections. Credentials go to this registry and to the realm it names, and nowhere else.
/// </summary>
internal sealed class RegistryHost : IDisposable
{
    private const int MostRedirections = 5;
    private const int Large = 1 << 20;

    private readonly RegistryTransport _transport;
    private readonly RegistryAuthentication _authentication;
    private readonly IActivityLog _log;
    private readonly bool _mayUseHttp;
    private readonly SemaphoreSlim _settling = new(1, 1);
    private volatile bool _asksLeave = true;
    private Uri? _base;

    public RegistryHost(string name, bool allowHttp, RegistryTransport transport, IRegistryCredentials credentials, IActivityLog log)
    {
        Name = name;
        _transport = transport;
        _log = log;
        _mayUseHttp = allowHttp || new Uri("http://" + name).IsLoopback;
        _authentication = new RegistryAuthentication(name, transport, credentials, log);
    }

    /// <summary>Host and port as image names have them.</summary>
    public string Name { get; }

    public RegistryTransport Transport => _transport;

    public IActivityLog Log => _log;

    /// <summary>Sends a request, with the token or password it takes. Every status but 401 is the caller's to judge.</summary>
    /// <exception cref="ImageBuildException">
    /// <see cref="ErrorIds.RegistryAuthenticationFailed"/> or <see cref="ErrorIds.RegistryUnreachable"/>.
    /// </exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequest request, CancellationToken ct)
    {
        var root = await BaseAsync(ct).ConfigureAwait(false);
        var target = new Uri(root, request.Target);
        for (var hop = 0; ; hop++)
        {
            target = Ours(target, root);
            Refuse(target, root);
            var response = await SendAsync(request, target, root, ct).ConfigureAwait(false);
            if (request.Method == HttpMethod.Head && TakesNoHead(response, hop))
            {
                // Storage often signs its addresses for GET alone. Only the head of the answer is read.
                response.Dispose();
                request = new RegistryRequest(HttpMethod.Get, request.Target, request.Scopes) { Accept = request.Accept };
                response = await SendAsync(request, target, root, ct).ConfigureAwait(false);
            }

            if (!IsRedirection(response) || request.Content is not null)
            {
                return response;
            }

            using (response)
            {
                target = hop < MostRedirections && response.Headers.Location is { } next
                    ? new Uri(target, next)
                    : throw new ImageBuildException(
                        ErrorIds.ImageBuildFailed, $"The container registry {Name} redirects without end. Ask its administrator.");
            }
        }
    }

    /// <summary>The address that an answer leads to, in full: it may be relative to that of the request (RFC 9110, Location).</summary>
    public static string? LocationOf(HttpResponseMessage response) => response.Headers.Location is not { } next ? null
        : next.IsAbsoluteUri ? next.AbsoluteUri
        : response.RequestMessage?.RequestUri is { } asked ? new Uri(asked, next).AbsoluteUri
        : next.OriginalString;

    /// <summary>The error of a 401 or 403 that stays.</summary>
    public Task<ImageBuildException> RefusedAsync(HttpResponseMessage response, IReadOnlyList<string> scopes, CancellationToken ct) =>
        _authentication.RefusedAsync(response, scopes, ct);

    public void Dispose() => _settling.Dispose();

    private async Task<HttpResponseMessage> SendAsync(RegistryRequest request, Uri target, Uri root, CancellationToken ct)
    {
        var isOurs = target.Scheme == root.Scheme && target.Authority == root.Authority;
        var authorization = isOurs ? _authentication.Known(request.Scopes) : null;
        var response = await AttemptAsync(request, target, authorization, ct).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !isOurs)
        {
            return response;
        }

        using (response)
        {
            authorization = await _authentication.AnswerAsync(response, request.Scopes, authorization, root, ct).ConfigureAwait(false);
        }

        var second = await AttemptAsync(request, target, authorization, ct).ConfigureAwait(false);
        if (second.StatusCode == HttpStatusCode.Unauthorized)
        {
            using (second)
            {
                throw await _authentication.RefusedAsync(second, request.Scopes, ct).ConfigureAwait(false);
            }
        }

        return second;
    }

    private async Task<HttpResponseMessage> AttemptAsync(
        RegistryRequest request, Uri target, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        var response = await SendOnceAsync(request, target, authorization, ct).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.ExpectationFailed || !_asksLeave)
        {
            return response;
        }

        response.Dispose();
        _asksLeave = false;
        return await SendOnceAsync(request, target, authorization, ct).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendOnceAsync(
        RegistryRequest request, Uri target, AuthenticationHeaderValue? authorization, CancellationToken ct) =>
        _transport.SendAsync(
            stall =>
            {
                var message = new HttpRequestMessage(request.Method, target) { Content = request.Content?.Invoke(stall) };
                message.Headers.Authorization = authorization;

                // A large body that is refused, for want of a token or for its size, need not travel.
                message.Headers.ExpectContinue = _asksLeave && message.Content?.Headers.ContentLength > Large;
                foreach (var type in request.Accept)
                {
                    message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
                }

                if (request.From > 0)
                {
                    message.Headers.Range = new RangeHeaderValue(request.From, null);
                }

                return message;
            },
            request.Repeatable,
            _log,
            ct);

    /// <summary>
    /// Where http may be spoken, https is tried first: the registry may have it, and then nothing is readable on the way.
    /// </summary>
    private async Task<Uri> BaseAsync(CancellationToken ct)
    {
        if (_base is { } known)
        {
            return known;
        }

        await _settling.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return _base ??= await SettleAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _settling.Release();
        }
    }

    private async Task<Uri> SettleAsync(CancellationToken ct)
    {
        var address = Name == ImageReference.DockerHub ? "registry-1.docker.io" : Name;
        var secure = new Uri($"https://{address}/");
        if (!_mayUseHttp)
        {
            return secure;
        }

        try
        {
            using var answer = await _transport.SendAsync(
                _ => new HttpRequestMessage(HttpMethod.Get, new Uri(secure, "/v2/")), repeatable: false, _log, ct).ConfigureAwait(false);
            return secure;
        }
        catch (ImageBuildException noTls) when (noTls.ErrorId == ErrorIds.RegistryUnreachable)
        {
            return new Uri($"http://{address}/");
        }
    }

    private void Refuse(Uri target, Uri root)
    {
        if (target.Scheme != Uri.UriSchemeHttps && (target.Scheme != Uri.UriSchemeHttp || root.Scheme != Uri.UriSchemeHttp))
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"The container registry {Name} leads to {CleanText.Of(target.GetLeftPart(UriPartial.Authority))}, which is not "
                + "https. That is not followed; ask its administrator.");
        }
    }

    /// <summary>A registry behind a proxy that ends TLS may call itself by http: it is meant as it is reached.</summary>
    private static Uri Ours(Uri target, Uri root) =>
        target.Scheme == Uri.UriSchemeHttp && root.Scheme == Uri.UriSchemeHttps
        && target.Host.Equals(root.Host, StringComparison.OrdinalIgnoreCase)
            ? new Uri(root, target.PathAndQuery)
            : target;

    /// <summary>Whether HEAD was refused where GET may not be: by whom knows no HEAD, or by storage that a redirection led to.</summary>
    private static bool TakesNoHead(HttpResponseMessage response, int hop) =>
        (int)response.StatusCode is 405 or 501 || (hop > 0 && (int)response.StatusCode is (400 or 401 or 403));

    private static bool IsRedirection(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;
}
