using RunAi.Redaction;
using RunAi.Secrets;

namespace RunAi.Artifacts;

/// <summary>Reads the secrets that a store refers to, at the moment it is opened.</summary>
internal sealed class StoreCredentials
{
    private readonly ArtifactStore _store;
    private readonly SecretResolver _secrets;

    public StoreCredentials(ArtifactStore store, SecretResolver secrets)
    {
        _store = store;
        _secrets = secrets;
    }

    /// <summary>The secret; null when the store refers to none.</summary>
    public async Task<string?> SecretAsync(CancellationToken ct) => _store.Credential is null
        ? null
        : await ReadAsync(_store.Credential, SecretIntent.Secret, ct).ConfigureAwait(false);

    /// <summary>An access key; null when the store refers to none.</summary>
    public async Task<StoreLogin?> LoginAsync(CancellationToken ct)
    {
        if (_store.Credential is null)
        {
            return null;
        }

        string secret;
        try
        {
            secret = await ReadAsync(_store.Credential, SecretIntent.Secret, ct).ConfigureAwait(false);
        }
        catch (SecretNotFoundException whole)
            when (_store.AccessKeyId is null && SecretReference.Parse(_store.Credential) is { Environment: null, Key: null })
        {
            return await TableAsync(SecretReference.Parse(_store.Credential), whole, ct).ConfigureAwait(false);
        }

        var token = _store.SessionToken is { } session ? await ReadAsync(session, SecretIntent.Secret, ct).ConfigureAwait(false) : null;
        if (_store.AccessKeyId is { } id)
        {
            var isReference = SecretReference.TryParse(id, out _, out _);
            return new StoreLogin(isReference ? await ReadAsync(id, SecretIntent.ClientId, ct).ConfigureAwait(false) : id, secret, token);
        }

        // A stored credential has both; so has a text 'id:secret'.
        var name = await ReadAsync(_store.Credential!, SecretIntent.ClientId, ct).ConfigureAwait(false);
        var colon = secret.IndexOf(':');
        if (name == secret && colon > 0)
        {
            (name, secret) = (secret.Substring(0, colon), secret.Substring(colon + 1));
            KnownSecrets.Remember(secret);
            return new StoreLogin(name, secret, token);
        }

        return name != secret
            ? new StoreLogin(name, secret, token)
            : throw StoreErrors.Unusable(
                _store.Uri,
                "its credential holds no access key id. Register it with -AccessKeyId, or store a PSCredential or a text 'id:secret'.");
    }

    /// <summary>An access key kept as a hashtable with the names that AWS gives its parts; a session's key has three.</summary>
    private async Task<StoreLogin> TableAsync(SecretReference table, SecretNotFoundException whole, CancellationToken ct)
    {
        string id, secret;
        try
        {
            id = await ReadAsync(table.WithKey("AccessKeyId"), SecretIntent.ClientId, ct).ConfigureAwait(false);
            secret = await ReadAsync(table.WithKey("SecretAccessKey"), SecretIntent.Secret, ct).ConfigureAwait(false);
        }
        catch (SecretNotFoundException)
        {
            // The secret is not there at all, or is another table: what was said of the whole of it says so.
            throw whole;
        }

        try
        {
            return new StoreLogin(
                id, secret, await ReadAsync(table.WithKey("SessionToken"), SecretIntent.Secret, ct).ConfigureAwait(false));
        }
        catch (SecretNotFoundException)
        {
            return new StoreLogin(id, secret, null);
        }
    }

    private Task<string> ReadAsync(string reference, SecretIntent intent, CancellationToken ct) =>
        ReadAsync(SecretReference.Parse(reference), intent, ct);

    private async Task<string> ReadAsync(SecretReference reference, SecretIntent intent, CancellationToken ct) =>
        (await _secrets.ResolveAsync(reference, intent, ct).ConfigureAwait(false)).Reveal();
}
