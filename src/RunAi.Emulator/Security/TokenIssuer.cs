using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Security;

/// <summary>Makes and checks access tokens: JWTs (RFC 7519) signed with HS256 and a key that lives as long as the emulator.</summary>
internal sealed class TokenIssuer(string clientId, string clientSecret, TimeSpan lifetime, TimeProvider clock)
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);
    private const string RefreshUse = "refresh";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string ClientId => clientId;

    public TimeSpan Lifetime => lifetime;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    public bool Knows(string? id, string? secret) =>
        id == clientId && secret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(clientSecret));

    public string Issue() => Issue(null);

    /// <summary>A token that another access token is got with.</summary>
    public string Refresh() => Issue(RefreshUse);

    public bool IsRefresh(string? token) =>
        token is not null && Objection("Bearer " + token, RefreshUse) is null;

    private string Issue(string? use)
    {
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = "runai-emulator",
            ["sub"] = clientId,
            ["azp"] = clientId,
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
        };
        if (use is not null)
        {
            claims["typ"] = use;
        }

        var body = Header + "." + Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        return body + "." + Encode(Sign(body));
    }

    /// <summary>Why an Authorization header is no good, or null when it is.</summary>
    public string? Objection(string? authorization) => Objection(authorization, null);

    private string? Objection(string? authorization, string? use)
    {
        const string Scheme = "Bearer ";
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
        {
            return "The bearer token is missing.";
        }

        var parts = authorization[Scheme.Length..].Trim().Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(parts[2]), Encoding.ASCII.GetBytes(Encode(Sign(parts[0] + "." + parts[1])))))
        {
            return "Issuer is not familiar.";
        }

        if (Use(parts[1]) != use)
        {
            return "Issuer is not familiar.";
        }

        return Expiry(parts[1]) > clock.GetUtcNow() ? null : "The token has expired.";
    }

    private static string? Use(string claims)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return json.RootElement.TryGetProperty("typ", out var use) ? use.GetString() : null;
    }

    private static DateTimeOffset Expiry(string claims)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        return DateTimeOffset.FromUnixTimeSeconds(json.RootElement.GetProperty("exp").GetInt64());
    }

    private byte[] Sign(string body) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(body));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
