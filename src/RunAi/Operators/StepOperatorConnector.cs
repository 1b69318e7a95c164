using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.Operators;

/// <summary>
/// Connects a step operator: finds or makes the process's session for its credential. A vault is asked for the client id only while
/// that session has no token; environment variables, which cost nothing, are read each time.
/// </summary>
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
    public async Task<StepOperatorConnection> ConnectAsync(StepOperator stepOperator, IActivityLog log, CancellationToken cancellationToken)
    {
        if (FindConnected(stepOperator, log) is { } connected)
        {
            return connected;
        }

        var secret = SecretReference.Parse(stepOperator.ClientSecret);
        if (!SecretReference.TryParse(stepOperator.ClientId, out var reference, out _))
        {
            return Connect(
                stepOperator, _sessions.GetOrAdd(stepOperator.RunAiBaseUrl, stepOperator.ClientId, secret.ToString()), secret, log);
        }

        var clientId = await _secrets.ResolveAsync(reference, SecretIntent.ClientId, cancellationToken).ConfigureAwait(false);
        var session = _sessions.GetOrAdd(stepOperator.RunAiBaseUrl, clientId.Reveal(), secret.ToString(), reference.ToString());
        return Connect(stepOperator, session, secret, log);
    }

    /// <summary>A connection through the operator's own session, without asking a vault: null when that has no token.</summary>
    public StepOperatorConnection? FindConnected(StepOperator stepOperator, IActivityLog log)
    {
        var secret = SecretReference.Parse(stepOperator.ClientSecret);
        if (FindSession(stepOperator, secret.ToString()) is not { } session)
        {
            return null;
        }

        var connection = Connect(stepOperator, session, secret, log);
        return session.IsConnected ? connection : null;
    }

    private ControlPlaneSession? FindSession(StepOperator stepOperator, string secret)
    {
        if (!SecretReference.TryParse(stepOperator.ClientId, out var reference, out _))
        {
            return _sessions.Find(stepOperator.RunAiBaseUrl, stepOperator.ClientId, secret);
        }

        var known = reference.Environment is null ? reference.ToString() : _secrets.FromEnvironment(reference)?.Reveal();
        return known is null ? null : _sessions.Find(stepOperator.RunAiBaseUrl, known, secret);
    }

    private StepOperatorConnection Connect(StepOperator stepOperator, ControlPlaneSession session, SecretReference secret, IActivityLog log)
    {
        if (_secrets.FromEnvironment(secret) is { } current)
        {
            session.Expect(current);
        }

        var intent = secret.IsOfCli ? SecretIntent.AccessToken : SecretIntent.Secret;
        var credential = new ClientCredential(token => _secrets.ResolveAsync(secret, intent, token), secret.ToString());
        return new StepOperatorConnection(stepOperator, new ControlPlaneClient(session, credential, log));
    }
}
