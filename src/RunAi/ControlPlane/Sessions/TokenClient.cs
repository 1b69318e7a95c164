using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Secrets;

namespace RunAi.ControlPlane;

/// <summary>
/// Exchanges client id and secret for an access token (<c>POST /api/v1/token</c>, grant <c>client_credentials</c>).
/// </summary>
internal static class TokenClient
{
    /// <summary>Asks for a token: it, or the answer that refuses the secret. Every other failure throws.</summary>
    public static async Task<(AccessToken? Token, ApiAnswer? Refusal)> RequestAsync(
        ControlPlaneSession session, SecretText secret, IActivityLog log, CancellationToken ct)
    {
        var transport = session.Transport;
        var request = new ApiRequest(HttpMethod.Post, "/api/v1/token")
        {
            Body = WireJson.Write(new JObject
            {
                ["grantType"] = "client_credentials",
                ["clientID"] = session.ClientId,
                ["clientSecret"] = secret.Reveal(),
            }),
            Purpose = "get an access token",
            Target = session.ClientId,
            Repeatable = true,
        };
        var (answer, _) = await transport.SendAsync(session.Name, session.BaseUri, request, null, log, ct).ConfigureAwait(false);

        // The document declares no 401 for this endpoint; a wrong secret is a 400 on some versions and a 401 on others.
        if (answer is { Fault: AnswerFailure.None, Status: 400 or 401 or 403 })
        {
            return (null, answer);
        }

        if (!answer.Succeeded)
        {
            throw ApiErrors.From(session, request, answer);
        }

        var body = answer.Json as JObject;
        var value = (body?["accessToken"] as JValue)?.Value as string;
        if (value is null || value.Length == 0 || value.Any(static c => c is <= ' ' or >= '\x7f'))
        {
            throw ApiErrors.Unexpected(session, request, answer, "it holds no usable 'accessToken'");
        }

        var now = transport.Time.GetUtcNow();
        return (new AccessToken(value, now, TokenLifetime.Of(body!["expiresIn"], value, now)), null);
    }
}
