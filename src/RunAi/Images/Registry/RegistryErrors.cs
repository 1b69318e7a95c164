using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Http;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>The errors of talking to a registry, each with what to do.</summary>
internal static class RegistryErrors
{
    private const int LongestBody = 1 << 14;

    /// <summary>What the registry itself says in an answer (distribution specification, error codes); empty when it says nothing.</summary>
    public static async Task<string> ToldAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content is null || response.Content.Headers.ContentLength > LongestBody)
        {
            return "";
        }

        try
        {
            using var stream = await HttpPlatform.OpenAsync(response.Content, ct).ConfigureAwait(false);
            var buffer = new byte[LongestBody];
            var length = 0;
            int read;
            while (length < buffer.Length
                && (read = await stream.ReadAsync(buffer, length, buffer.Length - length, ct).ConfigureAwait(false)) > 0)
            {
                length += read;
            }

            var errors = StrictJson.Parse(Encoding.UTF8.GetString(buffer, 0, length))["errors"] as JArray;
            return string.Join(
                "; ", (errors ?? []).OfType<JObject>().Take(3).Select(e => CleanText.Of($"{e["code"]}: {e["message"]}", 200)));
        }
        catch (Exception unreadable) when (unreadable is JsonException || RegistryTransport.IsTrouble(unreadable))
        {
            // An answer in another form, such as a proxy's page, adds nothing to its status.
            return "";
        }
    }

    /// <summary>A 401 or 403 that stays, or a token that is not given.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="userName">Whose credential was sent; null for none.</param>
    /// <param name="scopes">The permissions that were asked for.</param>
    /// <param name="told">What the registry says.</param>
    /// <param name="trouble">Why no credential could be read; null when that was no trouble.</param>
    public static ImageBuildException Refused(string registry, string? userName, IReadOnlyList<string> scopes, string told, string? trouble)
    {
        var asked = scopes.Count == 0 ? "" : $" for {string.Join(", ", scopes)}";
        var who = userName is null && trouble is not null ? $"No credential could be read: {trouble.TrimEnd('.')}"
            : userName is null ? $"No credential is known for {registry}"
            : $"The credential of '{CleanText.Of(userName, 100)}' was not enough";
        return new ImageBuildException(
            ErrorIds.RegistryAuthenticationFailed,
            $"The container registry {registry} refused access{asked}{Says(told)}. {who}. Register one with "
            + $"Register-RunAiContainerRegistry NAME -Uri {registry}/REPOSITORY -Credential '{{{{name}}}}', or log in with 'docker login "
            + $"{registry}'; a repository that does not exist is refused in the same way.")
        {
            Target = registry,
        };
    }

    public static ImageBuildException ManifestNotFound(string place, string reference, string told) => new(
        ErrorIds.ImageNotFound,
        $"There is no image '{reference}' at {place}{Says(told)}. Check the repository's name, and the tag or digest.")
    {
        Target = place,
    };

    public static ImageBuildException Unexpected(string place, string verb, HttpResponseMessage response, string told) => new(
        ErrorIds.ImageBuildFailed,
        $"{place} did not {verb}: it answered {(int)response.StatusCode} ({CleanText.Of(response.ReasonPhrase, 60)}){Says(told)}. "
        + Advice((int)response.StatusCode))
    {
        Target = place,
    };

    private static string Advice(int status) => status switch
    {
        413 => "The registry, or a proxy before it, limits the size of a request: have that limit raised (client_max_body_size of nginx), "
            + "or push past the proxy.",
        429 => "It limits how often it is asked: try again later, or with a credential, for which the limit is often higher.",
        _ => "-Verbose shows each request; ask the registry's administrator if it stays so.",
    };

    /// <summary>The error of an answer that is no success.</summary>
    public static async Task<ImageBuildException> OfAsync(
        HttpResponseMessage response, RegistryHost host, string place, string verb, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        return (int)response.StatusCode is 401 or 403
            ? await host.RefusedAsync(response, scopes, ct).ConfigureAwait(false)
            : Unexpected(place, verb, response, await ToldAsync(response, ct).ConfigureAwait(false));
    }

    public static ImageBuildException WrongContent(string place, string what) => new(
        ErrorIds.ImageBuildFailed,
        $"What {place} gave as {what} is not that: its size or digest is another. It was not used. Try again, and ask the registry's "
        + "administrator if it stays so.")
    {
        Target = place,
    };

    private static string Says(string told) => told.Length > 0 ? $" ({told})" : "";
}
