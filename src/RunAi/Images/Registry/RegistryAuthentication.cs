using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace RunAi.Images;

/// <summary>Answers one registry's challenges, and remembers what it took.</summary>
internal sealed class RegistryAuthentication
{
    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> _known = new(StringComparer.Ordinal);
    private readonly string _registry;
    private readonly IRegistryCredentials _credentials;
    private readonly RegistryTokens _tokens;
    private readonly IActivityLog _log;
    private readonly ConcurrentDictionary<string, Lazy<Task<RegistryCredential?>>> _found = new(StringComparer.Ordinal);
    private string? _loginTrouble;

    public RegistryAuthentication(string registry, RegistryTransport transport, IRegistryCredentials credentials, IActivityLog log)
    {
        _registry = registry;
        _credentials = credentials;
        _tokens = new RegistryTokens(registry, transport, log);
        _log = log;
    }

    /// <summary>What was taken for these permissions before; null when nothing was asked for yet.</summary>
    public AuthenticationHeaderValue? Known(IReadOnlyList<string> scopes) => _known.TryGetValue(Key(scopes), out var known) ? known : null;

    /// <summary>The authorization that answers a 401.</summary>
    /// <param name="response">The 401.</param>
    /// <param name="scopes">The permissions the request needs.</param>
    /// <param name="refused">The authorization it was sent with.</param>
    /// <param name="root">The registry's address: a realm that is not https is taken only from a registry that is not either.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.RegistryAuthenticationFailed"/>: there is no answer.</exception>
    public async Task<AuthenticationHeaderValue> AnswerAsync(
        HttpResponseMessage response, IReadOnlyList<string> scopes, AuthenticationHeaderValue? refused, Uri root, CancellationToken ct)
    {
        var challenge = Challenge.Choose(response.Headers.WwwAuthenticate);
        var credential = await CredentialAsync(scopes, ct).ConfigureAwait(false);
        AuthenticationHeaderValue answer;
        if (challenge is null || (!challenge.Is("Bearer") && (credential is null || credential.IsIdentityToken || refused is not null)))
        {
            throw await RefusedAsync(response, scopes, ct).ConfigureAwait(false);
        }
        else if (challenge.Is("Bearer"))
        {
            var wanted = scopes.Concat(challenge.Scopes).Distinct(StringComparer.Ordinal).ToArray();
            answer = new AuthenticationHeaderValue(
                "Bearer", await _tokens.GetAsync(challenge, wanted, credential, _loginTrouble, root, ct).ConfigureAwait(false));
        }
        else
        {
            answer = new AuthenticationHeaderValue("Basic", credential!.Basic());
        }

        _known[Key(scopes)] = answer;
        return answer;
    }

    /// <summary>The error of a 401 or 403 that stays.</summary>
    public async Task<ImageBuildException> RefusedAsync(HttpResponseMessage response, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var told = await RegistryErrors.ToldAsync(response, ct).ConfigureAwait(false);
        var credential = _found.ContainsKey(RepositoryOf(scopes)) ? await CredentialAsync(scopes, ct).ConfigureAwait(false) : null;
        return RegistryErrors.Refused(
            _registry, credential?.UserName, scopes, told.Length > 0 ? told : $"{(int)response.StatusCode}", _loginTrouble);
    }

    private Task<RegistryCredential?> CredentialAsync(IReadOnlyList<string> scopes, CancellationToken ct) =>
        _found.GetOrAdd(RepositoryOf(scopes), repository => new Lazy<Task<RegistryCredential?>>(() => FindAsync(repository, ct))).Value;

    /// <summary>A helper that is missing or fails keeps nobody from what the registry gives to anybody.</summary>
    private async Task<RegistryCredential?> FindAsync(string repository, CancellationToken ct)
    {
        try
        {
            return await _credentials.FindAsync(_registry, repository, ct).ConfigureAwait(false);
        }
        catch (DockerLoginException failed)
        {
            if (Interlocked.CompareExchange(ref _loginTrouble, failed.Message, null) is null)
            {
                _log.Warning($"{failed.Message} {_registry} is asked without a credential.");
            }

            return null;
        }
    }

    /// <summary>The repository that a request is about: that of the first scope (<c>repository:PATH:ACTIONS</c>).</summary>
    private static string RepositoryOf(IReadOnlyList<string> scopes) => scopes.Count == 0 ? "" : scopes[0].Split(':')[1];

    private static string Key(IReadOnlyList<string> scopes) => string.Join(" ", scopes);
}
