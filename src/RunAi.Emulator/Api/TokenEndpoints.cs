using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Security;

namespace RunAi.Emulator.Api;

/// <summary>POST /api/v1/token with client credentials; the document declares 400 and no 401 for bad ones.</summary>
internal static class TokenEndpoints
{
    public const string Path = "/api/v1/token";

    public static void MapToken(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, async (HttpContext context, TokenIssuer issuer) =>
        {
            if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
            {
                return ApiError.BadRequest("The body is no JSON object.");
            }

            if (JsonBody.Text(body, "grantType") is not "client_credentials" and var grant)
            {
                return ApiError.BadRequest($"grantType: '{grant}' is not supported; use client_credentials.");
            }

            if (!issuer.Knows(JsonBody.Text(body, "clientID"), JsonBody.Text(body, "clientSecret")))
            {
                return ApiError.BadRequest("Invalid client credentials.");
            }

            return Results.Json(
                new { AccessToken = issuer.Issue(), ExpiresIn = (long)issuer.Lifetime.TotalSeconds }, WireJson.Options);
        });
}
