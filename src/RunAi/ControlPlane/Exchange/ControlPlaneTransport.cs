using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using RunAi.Http;

namespace RunAi.ControlPlane;

/// <summary>
/// Carries requests: the pool of HTTP handlers, one named client for each session, and the patience with each host.
/// Nothing is built before the first request.
/// </summary>
internal sealed class ControlPlaneTransport : IDisposable
{
    private readonly Lazy<ServiceProvider> _services;
    private readonly ConcurrentDictionary<string, bool> _withoutStandardToken = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, HostResilience> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A transport over real connections, or over a handler of a test.</summary>
    public ControlPlaneTransport(
        ControlPlaneOptions? options = null, TimeProvider? time = null, Func<HttpMessageHandler>? handler = null)
    {
        Options = options ?? new ControlPlaneOptions();
        Time = time ?? TimeProvider.System;
        _services = new Lazy<ServiceProvider>(() => HttpServices.Build(handler ?? HttpPlatform.CreateHandler));
        Sockets = new ClusterSockets(handler ?? HttpPlatform.CreateHandler);
    }

    public ControlPlaneOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>Opens streams of the clusters' own API.</summary>
    public ClusterSockets Sockets { get; }

    /// <summary>
    /// Sends a request with the patience it may be given. Returns the last answer, and whether any attempt may have had its
    /// effect without a proper answer.
    /// </summary>
    public async Task<(ApiAnswer Answer, bool MayHaveHappened)> SendAsync(
        string client, Uri baseUrl, ApiRequest request, AccessToken? token, IActivityLog log, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Reveal());
        var http = _services.Value.GetRequiredService<IHttpClientFactory>().CreateClient(client);
        var exchange = new HttpExchange(http, baseUrl, request, authorization, log, Time, Options.AttemptTimeout);
        var answer = await _hosts.GetOrAdd(baseUrl.Authority, _ => new HostResilience(Options, Time))
            .ExecuteAsync(exchange, ct).ConfigureAwait(false);
        return (answer, exchange.MayHaveHappened);
    }

    /// <summary>False for a control plane that is known to give tokens at <c>/api/v1/token</c> alone: one before 2.24.</summary>
    public bool HasStandardToken(Uri baseUrl) => !_withoutStandardToken.ContainsKey(baseUrl.Authority);

    /// <summary>Remembers that a control plane gives tokens at <c>/api/v1/token</c> alone.</summary>
    public void NoteNoStandardToken(Uri baseUrl) => _withoutStandardToken[baseUrl.Authority] = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }

        Sockets.Dispose();
    }
}
