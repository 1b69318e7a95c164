using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>
/// Gets bearer tokens from the realm that a registry names (distribution specification, token and OAuth 2 authentication).
/// </summary>
internal sealed class RegistryTokens
{
    private const string Client = "RunAi";

    private readonly string _registry;
    private readonly RegistryTransport _transport;
    private readonly IActivityLog _log;

    public RegistryTokens(string registry, RegistryTransport transport, IActivityLog log)
    {
        _registry = registry;
        _transport = transport;
        _log = log;
    }

    /// <summary>A token with these scopes, as the credential's owner or, without one, as anybody.</summary>
    /// <param name="challenge">What the registry asked for.</param>
    /// <param name="scopes">The permissions.</param>
    /// <param name="credential">The credential; null for anybody.</param>
    /// <param name="trouble">Why none could be read; null when there is none.</param>
    /// <param name="root">The registry's address.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<string> GetAsync(
        Challenge challenge, IReadOnlyList<string> scopes, RegistryCredential? credential, string? trouble, Uri root, CancellationToken ct)
    {
        var realm = Realm(challenge, root);
        using var response = await _transport.SendAsync(
            _ => credential is { IsIdentityToken: true }
                ? Refresh(realm, challenge, scopes, credential)
                : Ask(realm, challenge, scopes, credential),
            repeatable: true,
            _log,
            ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var told = await RegistryErrors.ToldAsync(response, ct).ConfigureAwait(false);
            throw (int)response.StatusCode is 400 or 401 or 403
                ? RegistryErrors.Refused(_registry, credential?.UserName, scopes, told, trouble)
                : RegistryErrors.Unexpected(_registry, "give a token", response, told);
        }

        return await TokenAsync(response, ct).ConfigureAwait(false);
    }

    private Uri Realm(Challenge challenge, Uri root) =>
        Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm)
        && (realm.Scheme == Uri.UriSchemeHttps || (realm.Scheme == Uri.UriSchemeHttp && root.Scheme == Uri.UriSchemeHttp))
            ? realm
            : throw new ImageBuildException(
                ErrorIds.RegistryAuthenticationFailed,
                $"The container registry {_registry} wants a token from '{CleanText.Of(challenge.Realm, 200)}', which is no https address. "
                + "No credential is sent there; ask the registry's administrator.")
            {
                Target = _registry,
            };

    private static HttpRequestMessage Ask(Uri realm, Challenge challenge, IReadOnlyList<string> scopes, RegistryCredential? credential)
    {
        var query = new StringBuilder(realm.Query.TrimStart('?'));
        if (challenge.Service is { } service)
        {
            Append(query, "service", service);
        }

        foreach (var scope in scopes)
        {
            Append(query, "scope", scope);
        }

        var message = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        if (credential is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", credential.Basic());
        }

        return message;
    }

    private static HttpRequestMessage Refresh(Uri realm, Challenge challenge, IReadOnlyList<string> scopes, RegistryCredential credential)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = Client,
            ["service"] = challenge.Service ?? "",
            ["scope"] = string.Join(" ", scopes),
            ["refresh_token"] = credential.Password.Reveal(),
        };
        return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
    }

    private static void Append(StringBuilder query, string name, string value) =>
        query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));

    private async Task<string> TokenAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var bytes = await RegistryBody.ReadAsync(response, _registry, _transport, ct).ConfigureAwait(false);
        try
        {
            var body = StrictJson.Parse(Encoding.UTF8.GetString(bytes));
            if ((body["token"] ?? body["access_token"]) is JValue { Value: string { Length: > 0 } token })
            {
                KnownSecrets.Remember(token);
                return token;
            }
        }
        catch (JsonException)
        {
            // The text may be the token in another wrapping, so the parser's own words are not passed on.
            throw NoToken();
        }

        throw NoToken();
    }

    private ImageBuildException NoToken() => new(
        ErrorIds.RegistryAuthenticationFailed,
        $"The token service of the container registry {_registry} answered without a token. Ask its administrator.")
    {
        Target = _registry,
    };
}
