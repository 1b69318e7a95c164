using RunAi.Secrets;

namespace RunAi.ControlPlane;

/// <summary>
/// How one caller comes by the client secret when a token is needed: the vault is asked in that caller's own session.
/// </summary>
internal sealed class ClientCredential
{
    private readonly Func<CancellationToken, Task<SecretText>> _resolve;

    /// <summary>
    /// A credential whose secret is resolved on demand; <paramref name="origin"/> says where it is kept, never what it is.
    /// </summary>
    public ClientCredential(Func<CancellationToken, Task<SecretText>> resolve, string origin)
    {
        _resolve = resolve;
        Origin = origin;
    }

    /// <summary>Where the secret is kept, for messages: <c>{{runai.client_secret}}</c> or <c>the credential given</c>.</summary>
    public string Origin { get; }

    public Task<SecretText> ResolveAsync(CancellationToken ct) => _resolve(ct);
}
