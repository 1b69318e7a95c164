using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.Operators;

/// <summary>Connects a step operator: resolves its client id and finds or makes the process's session for it.</summary>
internal sealed class StepOperatorConnector
{
    private readonly SessionCache _sessions;
    private readonly SecretResolver _secrets;

    public StepOperatorConnector(SessionCache sessions, SecretResolver secrets)
    {
        _sessions = sessions;
        _secrets = secrets;
    }

    /// <summary>The connection; no request is sent, the first call that needs a token asks for one.</summary>
    /// <exception cref="SecretNotFoundException">The client id's reference leads nowhere.</exception>
    public async Task<StepOperatorConnection> ConnectAsync(StepOperator one, IActivityLog log, CancellationToken cancellationToken)
    {
        var clientId = await ClientIdAsync(one, cancellationToken).ConfigureAwait(false);
        var secret = SecretReference.Parse(one.ClientSecret);
        var credential = new ClientCredential(token => _secrets.ResolveAsync(secret, SecretIntent.Secret, token), secret.ToString());
        var session = _sessions.GetOrAdd(one.RunAiBaseUrl, clientId);
        return new StepOperatorConnection(one, new ControlPlaneClient(session, credential, log));
    }

    /// <summary>
    /// A connection through a session that has a token, without reading a secret: null when there is none. An operator whose client
    /// id is a reference takes whichever session is connected to the same control plane.
    /// </summary>
    public StepOperatorConnection? FindConnected(StepOperator one, IActivityLog log)
    {
        var isReference = SecretReference.TryParse(one.ClientId, out _, out _);
        var secret = SecretReference.Parse(one.ClientSecret);
        var session = _sessions.List().FirstOrDefault(session => session.IsConnected
            && session.BaseUri == ControlPlaneUrl.Normalize(one.RunAiBaseUrl)
            && (isReference || session.ClientId == one.ClientId));
        return session is null
            ? null
            : new StepOperatorConnection(one, new ControlPlaneClient(
                session, new ClientCredential(token => _secrets.ResolveAsync(secret, SecretIntent.Secret, token), secret.ToString()), log));
    }

    private async Task<string> ClientIdAsync(StepOperator one, CancellationToken cancellationToken)
    {
        if (!SecretReference.TryParse(one.ClientId, out var reference, out _))
        {
            return one.ClientId;
        }

        var resolved = await _secrets.ResolveAsync(reference, SecretIntent.ClientId, cancellationToken).ConfigureAwait(false);
        return resolved.Reveal();
    }
}
