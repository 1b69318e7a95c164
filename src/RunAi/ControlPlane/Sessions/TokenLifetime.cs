using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;

namespace RunAi.ControlPlane;

/// <summary>
/// How long a token lives: <c>expiresIn</c> of the answer, which may be absent, then the <c>exp</c> claim of the JWT
/// (RFC 7519), then five minutes.
/// </summary>
internal static class TokenLifetime
{
    public static readonly TimeSpan Assumed = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Finds the lifetime of a token received at <paramref name="now"/>.</summary>
    public static TimeSpan Of(JToken? expiresIn, string token, DateTimeOffset now)
    {
        var seconds = Number(expiresIn) is > 0 and { } told ? told : FromClaims(token, now);
        return seconds is > 0 and { } known
            ? TimeSpan.FromSeconds(Math.Min(known, Longest.TotalSeconds))
            : Assumed;
    }

    /// <summary>
    /// What is left of the life of a token that was issued some time before <paramref name="now"/>, the server's time; zero when it is
    /// over.
    /// </summary>
    public static TimeSpan LeftOf(string token, DateTimeOffset now) => Number(Claims(token)?["exp"]) is { } end
        ? TimeSpan.FromSeconds(Math.Min(Math.Max(end - now.ToUnixTimeSeconds(), 0), Longest.TotalSeconds))
        : Assumed;

    /// <summary>Both claims are of the server's clock, so their difference holds however wrong ours is.</summary>
    private static double? FromClaims(string token, DateTimeOffset now) =>
        Claims(token) is { } read ? Number(read["exp"]) - (Number(read["iat"]) ?? now.ToUnixTimeSeconds()) : null;

    private static JObject? Claims(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var base64 = parts[1].Replace('-', '+').Replace('_', '/');
            using var claims = new MemoryStream(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            return WireJson.Read(claims) as JObject;
        }
        catch (Exception ex) when (ex is FormatException or JsonException)
        {
            return null;
        }
    }

    private static double? Number(JToken? value) => value switch
    {
        JValue { Type: JTokenType.Integer or JTokenType.Float } number => number.Value<double>(),
        JValue { Type: JTokenType.String } text when double.TryParse(
            (string?)text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => null,
    };
}
