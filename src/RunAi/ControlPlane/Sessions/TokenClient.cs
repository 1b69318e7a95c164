using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Secrets;

namespace RunAi.ControlPlane;

/// <summary>
/// Exchanges client id and secret for an access token, by the grant <c>client_credentials</c>: at <c>POST /api/v2/token</c> (OAuth 2, RFC
/// 6749, 2.24 and later), and where a control plane does not know that, at <c>POST /api/v1/token</c>, which is deprecated since 2.25.
/// </summary>
internal static class TokenClient
{
    /// <summary>
    /// The client id of a session whose secret is the token of an outside identity, which is exchanged by the grant of this name
    /// (<c>external_token_exchange</c> of <c>POST /api/v1/token</c>).
    /// </summary>
    public const string ExternalIdentity = "external_token_exchange";

    private const string Standard = "/api/v2/token";
    private const string Older = "/api/v1/token";

    /// <summary>Asks for a token: it, or the answer that refuses the secret. Every other failure throws.</summary>
    public static async Task<(AccessToken? Token, ApiAnswer? Refusal)> RequestAsync(
        ControlPlaneSession session, SecretText secret, IActivityLog log, CancellationToken ct)
    {
        if (session.ClientId == ExternalIdentity || !session.Transport.HasStandardToken(session.BaseUri))
        {
            return await OlderAsync(session, secret, log, ct).ConfigureAwait(false);
        }

        var request = StandardRequest(session, secret);
        var answer = await SendAsync(session, request, log, ct).ConfigureAwait(false);
        if (Knows(answer))
        {
            return Read(session, request, answer, "access_token", "expires_in");
        }

        var (token, refusal) = await OlderAsync(session, secret, log, ct).ConfigureAwait(false);
        if (token is not null || answer.Status is 404 or 405)
        {
            session.Transport.NoteNoStandardToken(session.BaseUri);
        }

        return (token, refusal);
    }

    /// <summary>
    /// False for an answer by which a control plane shows that it has no such endpoint: not found, the user interface's page, or a refusal
    /// that is none of OAuth 2.
    /// </summary>
    private static bool Knows(ApiAnswer answer) => answer switch
    {
        { Fault: AnswerFailure.NotJson } => false,
        { Fault: AnswerFailure.None, Status: 404 or 405 } => false,
        { Fault: AnswerFailure.None, Status: 400 or 401 or 403 } =>
            (answer.Json as JObject)?["error"] is JValue { Type: JTokenType.String },
        _ => true,
    };

    private static ApiRequest StandardRequest(ControlPlaneSession session, SecretText secret) => new(HttpMethod.Post, Standard)
    {
        Body = $"grant_type=client_credentials&client_id={Uri.EscapeDataString(session.ClientId)}&client_secret="
            + $"{Uri.EscapeDataString(secret.Reveal())}",
        MediaType = "application/x-www-form-urlencoded",
        Purpose = "get an access token",
        Target = session.ClientId,
        Repeatable = true,
    };

    private static ApiRequest OlderRequest(ControlPlaneSession session, SecretText secret) => new(HttpMethod.Post, Older)
    {
        Body = WireJson.Write(session.ClientId == ExternalIdentity
            ? new JObject { ["grantType"] = ExternalIdentity, ["externalToken"] = secret.Reveal() }
            : new JObject { ["grantType"] = "client_credentials", ["clientID"] = session.ClientId, ["clientSecret"] = secret.Reveal() }),
        Purpose = "get an access token",
        Target = session.ClientId,
        Repeatable = true,
    };

    private static async Task<(AccessToken? Token, ApiAnswer? Refusal)> OlderAsync(
        ControlPlaneSession session, SecretText secret, IActivityLog log, CancellationToken ct)
    {
        var request = OlderRequest(session, secret);
        return Read(session, request, await SendAsync(session, request, log, ct).ConfigureAwait(false), "accessToken", "expiresIn");
    }

    private static async Task<ApiAnswer> SendAsync(
        ControlPlaneSession session, ApiRequest request, IActivityLog log, CancellationToken ct) =>
        (await session.Transport.SendAsync(session.Name, session.BaseUri, request, null, log, ct).ConfigureAwait(false)).Answer;

    private static (AccessToken? Token, ApiAnswer? Refusal) Read(
        ControlPlaneSession session, ApiRequest request, ApiAnswer answer, string token, string lifetime)
    {
        // The document declares no 401 for the older endpoint; a wrong secret is a 400 on some versions and a 401 on others.
        if (answer is { Fault: AnswerFailure.None, Status: 400 or 401 or 403 })
        {
            return (null, answer);
        }

        if (!answer.Succeeded)
        {
            throw ApiErrors.From(session, request, answer);
        }

        var body = answer.Json as JObject;
        var value = (body?[token] as JValue)?.Value as string;
        if (value is null || value.Length == 0 || value.Any(static c => c is <= ' ' or >= '\x7f'))
        {
            throw ApiErrors.Unexpected(session, request, answer, $"it holds no usable '{token}'");
        }

        var now = session.Transport.Time.GetUtcNow();
        return (new AccessToken(value, now, TokenLifetime.Of(body![lifetime], value, now)), null);
    }
}
