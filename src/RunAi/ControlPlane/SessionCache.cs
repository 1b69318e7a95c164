using System.Collections.Concurrent;

namespace RunAi.ControlPlane;

/// <summary>The sessions of a process, one for each base URL and client id, over one transport.</summary>
internal sealed class SessionCache : IDisposable
{
    private static readonly Lazy<SessionCache> Shared = new(() => new SessionCache(new ControlPlaneTransport()));

    private readonly ConcurrentDictionary<(string BaseUrl, string ClientId), ControlPlaneSession> _sessions = new();
    private readonly ControlPlaneTransport _transport;

    public SessionCache(ControlPlaneTransport transport) => _transport = transport;

    /// <summary>The sessions all runspaces of this process share.</summary>
    public static SessionCache Default => Shared.Value;

    /// <summary>The session of a base URL and client id, made when there is none; nothing is sent.</summary>
    public ControlPlaneSession GetOrAdd(string baseUrl, string clientId)
    {
        var uri = ControlPlaneUrl.Normalize(baseUrl);
        return _sessions.GetOrAdd(
            (ControlPlaneUrl.Show(uri), clientId), _ => new ControlPlaneSession(_transport, uri, clientId));
    }

    /// <summary>All sessions, in the order of base URL and client id.</summary>
    public IReadOnlyList<ControlPlaneSession> List() =>
        [.. _sessions.OrderBy(s => s.Key.BaseUrl, StringComparer.Ordinal)
            .ThenBy(s => s.Key.ClientId, StringComparer.Ordinal).Select(s => s.Value)];

    /// <summary>Ends a session: its token and secret are forgotten. False when there is none.</summary>
    public bool Remove(string baseUrl, string clientId)
    {
        if (!_sessions.TryRemove((ControlPlaneUrl.Show(ControlPlaneUrl.Normalize(baseUrl)), clientId), out var session))
        {
            return false;
        }

        session.Forget();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
