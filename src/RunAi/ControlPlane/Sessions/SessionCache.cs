using System.Collections.Concurrent;

namespace RunAi.ControlPlane;

/// <summary>
/// The sessions of a process, one for each base URL, client id and reference to the secret, over one transport. Two operators whose
/// secrets are kept in different places share none: a wrong secret must not work as long as another's token lives.
/// </summary>
internal sealed class SessionCache : IDisposable
{
    private static readonly Lazy<SessionCache> Shared = new(() => new SessionCache(new ControlPlaneTransport()));

    private readonly ConcurrentDictionary<SessionKey, ControlPlaneSession> _sessions = new();

    /// <summary>The same sessions by the reference that their client id was resolved from, so that a vault is not asked again.</summary>
    private readonly ConcurrentDictionary<SessionKey, ControlPlaneSession> _byClientIdReference = new();
    private readonly ControlPlaneTransport _transport;

    public SessionCache(ControlPlaneTransport transport) => _transport = transport;

    /// <summary>The sessions all runspaces of this process share.</summary>
    public static SessionCache Default => Shared.Value;

    /// <summary>The session of a credential, made when there is none; nothing is sent.</summary>
    /// <param name="baseUrl">The control plane's base URL.</param>
    /// <param name="clientId">The client id itself.</param>
    /// <param name="secretReference">Where the secret is kept.</param>
    /// <param name="clientIdReference">The reference that the client id was resolved from; from now on it leads to this session.</param>
    public ControlPlaneSession GetOrAdd(string baseUrl, string clientId, string secretReference, string? clientIdReference = null)
    {
        var uri = ControlPlaneUrl.Normalize(baseUrl);
        var key = new SessionKey(ControlPlaneUrl.Show(uri), clientId, secretReference);
        var session = _sessions.GetOrAdd(key, _ => new ControlPlaneSession(_transport, uri, clientId, secretReference));
        if (clientIdReference is not null)
        {
            _byClientIdReference[key with { ClientId = clientIdReference }] = session;
        }

        return session;
    }

    /// <summary>
    /// The session of a credential, by its client id or by the reference that this was resolved from; null when there is none.
    /// </summary>
    public ControlPlaneSession? Find(string baseUrl, string clientId, string secretReference)
    {
        var key = new SessionKey(ControlPlaneUrl.Show(ControlPlaneUrl.Normalize(baseUrl)), clientId, secretReference);
        return _sessions.TryGetValue(key, out var session) || _byClientIdReference.TryGetValue(key, out session) ? session : null;
    }

    /// <summary>All sessions, in the order of base URL, client id and reference to the secret.</summary>
    public IReadOnlyList<ControlPlaneSession> List() =>
        [.. _sessions.OrderBy(entry => entry.Key.BaseUrl, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.ClientId, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.SecretReference, StringComparer.Ordinal)
            .Select(entry => entry.Value)];

    /// <summary>True when the client id is that of the session, or the reference that it was resolved from.</summary>
    public bool IsOf(ControlPlaneSession session, string clientId) => session.ClientId == clientId
        || _byClientIdReference.Any(entry => entry.Key.ClientId == clientId && entry.Value == session);

    /// <summary>Ends a session: its token and secret are forgotten. False when it has ended already.</summary>
    public bool Remove(ControlPlaneSession session)
    {
        var removed = RemoveFrom(_sessions, session);
        RemoveFrom(_byClientIdReference, session);
        session.Forget();
        return removed;
    }

    /// <summary>
    /// Forgets tokens, secrets and look-ups of every session whose secret is kept there, because another has been put there.
    /// </summary>
    public void Renew(string secretReference)
    {
        foreach (var session in List().Where(session => session.SecretReference == secretReference))
        {
            session.Forget();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static bool RemoveFrom(ICollection<KeyValuePair<SessionKey, ControlPlaneSession>> sessions, ControlPlaneSession session)
    {
        var removed = false;
        foreach (var entry in sessions.Where(entry => entry.Value == session).ToArray())
        {
            removed |= sessions.Remove(entry);
        }

        return removed;
    }
}
