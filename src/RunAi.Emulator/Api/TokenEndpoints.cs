using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Security;

namespace RunAi.Emulator.Api;

/// <summary>
/// POST /api/v1/token and, from 2.24 on, /api/v2/token (OAuth 2, RFC 6749), with every grant of the document. The emulator knows one
/// identity: its secret is the password of the user of that name, and stands for what another identity provider or a sign-in page would
/// hand out. The document declares no 401 for the first; its fields are read in any case of letters.
/// </summary>
internal static class TokenEndpoints
{
    public const string Path = "/api/v1/token";
    public const string Standard = "/api/v2/token";

    public static void MapToken(this IEndpointRouteBuilder routes, ApiVersion version)
    {
        routes.MapPost(Path, OlderAsync);
        if (version >= ApiVersion.StandardToken)
        {
            routes.MapPost(Standard, StandardAsync);
        }
    }

    private static async Task<IResult> OlderAsync(HttpContext context, TokenIssuer issuer)
    {
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return ApiError.BadRequest("The body is no JSON object.");
        }

        var fields = body.Where(field => field.Value is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<string>(out _))
            .GroupBy(field => field.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => (string?)same.First().Value, StringComparer.OrdinalIgnoreCase);
        var isGood = fields.GetValueOrDefault("grantType") switch
        {
            "client_credentials" => issuer.Knows(fields.GetValueOrDefault("clientID"), fields.GetValueOrDefault("clientSecret")),
            "app_token" => issuer.Knows(fields.GetValueOrDefault("appID"), fields.GetValueOrDefault("appSecret")),
            "password" => issuer.Knows(fields.GetValueOrDefault("username"), fields.GetValueOrDefault("password")),
            "exchange_token" => issuer.Knows(issuer.ClientId, fields.GetValueOrDefault("code")),
            "external_token_exchange" => issuer.Knows(issuer.ClientId, fields.GetValueOrDefault("externalToken")),
            "refresh_token" => issuer.IsRefresh(fields.GetValueOrDefault("refreshToken")),
            _ => (bool?)null,
        };
        return isGood switch
        {
            null => ApiError.BadRequest(
                $"grantType: '{fields.GetValueOrDefault("grantType")}' is none of client_credentials, app_token, password, exchange_token, "
                + "external_token_exchange, refresh_token."),
            false => ApiError.BadRequest("Invalid client credentials."),
            _ => Results.Json(
                new { AccessToken = issuer.Issue(), RefreshToken = issuer.Refresh(), ExpiresIn = (long)issuer.Lifetime.TotalSeconds },
                WireJson.Options),
        };
    }

    private static async Task<IResult> StandardAsync(HttpContext context, TokenIssuer issuer)
    {
        if (!context.Request.HasFormContentType)
        {
            return Refused(400, "invalid_request", "The body is no form.");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        string? Field(string name) => form[name].ToString() is { Length: > 0 } text ? text : null;
        return Field("grant_type") switch
        {
            "client_credentials" => Answer(issuer, issuer.Knows(Field("client_id"), Field("client_secret")), "invalid_client"),
            "password" => Answer(issuer, issuer.Knows(Field("username"), Field("password")), "invalid_grant"),
            "refresh_token" => Answer(issuer, issuer.IsRefresh(Field("refresh_token")), "invalid_grant"),
            "authorization_code" => Answer(issuer, issuer.Knows(issuer.ClientId, Field("code")), "invalid_grant"),
            null => Refused(400, "invalid_request", "grant_type is missing."),
            var other => Refused(400, "unsupported_grant_type", $"'{other}' is not supported."),
        };
    }

    private static IResult Answer(TokenIssuer issuer, bool isGood, string refusal) => isGood
        ? Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = issuer.Issue(),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)issuer.Lifetime.TotalSeconds,
            ["refresh_token"] = issuer.Refresh(),
        })
        : Refused(refusal == "invalid_client" ? 401 : 400, refusal, "Invalid client or Invalid client credentials.");

    private static IResult Refused(int status, string error, string description) => Results.Json(
        new Dictionary<string, string> { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
