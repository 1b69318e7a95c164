using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunAi.Emulator.Execution.Images;

/// <summary>
/// Answers a registry's challenge: with a password, or with a token from the realm it names (distribution specification).
/// </summary>
internal sealed partial class RegistryAuthorization(ImageName image, HttpClient http, RegistryLogin? login)
{
    /// <summary>What requests carry so far.</summary>
    public AuthenticationHeaderValue? Header { get; private set; }

    /// <summary>Gets what the registry wants; false when there is nothing to offer.</summary>
    /// <exception cref="ImageException">The token service refuses.</exception>
    public async Task<bool> AnswerAsync(IEnumerable<AuthenticationHeaderValue> offered, CancellationToken cancellation)
    {
        var challenges = offered.ToList();
        if (challenges.FirstOrDefault(challenge => Is(challenge, "Bearer")) is { } bearer)
        {
            Header = new AuthenticationHeaderValue("Bearer", await TokenAsync(bearer.Parameter ?? "", cancellation).ConfigureAwait(false));
            return true;
        }

        if (login is { IsIdentityToken: false } && challenges.Any(challenge => Is(challenge, "Basic")))
        {
            Header = Basic(login);
            return true;
        }

        return false;
    }

    private async Task<string> TokenAsync(string challenge, CancellationToken cancellation)
    {
        var parameters = Parameters().Matches(challenge).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(parameters.GetValueOrDefault("realm"), UriKind.Absolute, out var realm)
            || (realm.Scheme != Uri.UriSchemeHttps && !(image.IsLoopback && realm.IsLoopback && realm.Scheme == Uri.UriSchemeHttp)))
        {
            throw new ImageException($"{image.Registry} wants a token from an address that is not https");
        }

        var service = parameters.GetValueOrDefault("service") ?? "";
        var scope = parameters.GetValueOrDefault("scope") ?? $"repository:{image.Repository}:pull";
        using var request = login is { IsIdentityToken: true } ? Refresh(realm, service, scope, login) : Ask(realm, service, scope);
        using var answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new ImageException(
                $"the token service of {image.Registry} refused "
                + $"{(login is null ? "a pull without credential" : $"the credential of '{login.UserName}'")} (status "
                + $"{(int)answer.StatusCode})");
        }

        try
        {
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            return (string?)body?["token"] ?? (string?)body?["access_token"] ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The body may be a token in another wrapping: nothing of it is shown.
            throw new ImageException($"the token service of {image.Registry} answered without a token");
        }
    }

    private HttpRequestMessage Ask(Uri realm, string service, string scope)
    {
        var query = new StringBuilder(realm.Query.Length > 1 ? realm.Query[1..] + "&" : "").Append("service=")
            .Append(Uri.EscapeDataString(service));
        foreach (var text in scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            query.Append("&scope=").Append(Uri.EscapeDataString(text));
        }

        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = query.ToString() }.Uri);
        request.Headers.Authorization = login is null ? null : Basic(login);
        return request;
    }

    private static HttpRequestMessage Refresh(Uri realm, string service, string scope, RegistryLogin login) => new(HttpMethod.Post, realm)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "runai-emulator",
            ["service"] = service,
            ["scope"] = scope,
            ["refresh_token"] = login.Password,
        }),
    };

    private static AuthenticationHeaderValue Basic(RegistryLogin login) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}")));

    private static bool Is(AuthenticationHeaderValue challenge, string scheme) =>
        challenge.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""(?<name>\w+)\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^\s,"]*))""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();
}
