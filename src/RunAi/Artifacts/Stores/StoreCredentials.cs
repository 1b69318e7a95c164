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

    /// <summary>An access key's id and secret; null when the store refers to none.</summary>
    public async Task<(string Id, string Secret)?> LoginAsync(CancellationToken ct)
    {
        if (await SecretAsync(ct).ConfigureAwait(false) is not { } secret)
        {
            return null;
        }

        if (_store.AccessKeyId is { } id)
        {
            var isReference = SecretReference.TryParse(id, out _, out _);
            return (isReference ? await ReadAsync(id, SecretIntent.ClientId, ct).ConfigureAwait(false) : id, secret);
        }

        // A stored credential has both; so has a text 'id:secret'.
        var name = await ReadAsync(_store.Credential!, SecretIntent.ClientId, ct).ConfigureAwait(false);
        var colon = secret.IndexOf(':');
        if (name == secret && colon > 0)
        {
            (name, secret) = (secret.Substring(0, colon), secret.Substring(colon + 1));
            KnownSecrets.Remember(secret);
            return (name, secret);
        }

        return name != secret
            ? (name, secret)
            : throw StoreErrors.Unusable(
                _store.Uri, "its credential holds no access key id. Register it with -AccessKeyId, or store a PSCredential or a text 'id:secret'.");
    }

    private async Task<string> ReadAsync(string reference, SecretIntent intent, CancellationToken ct) =>
        (await _secrets.ResolveAsync(SecretReference.Parse(reference), intent, ct).ConfigureAwait(false)).Reveal();
}
