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
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer, length, buffer.Length - length, ct).ConfigureAwait(false)) > 0)
            {
                length += read;
            }

            var errors = StrictJson.Parse(Encoding.UTF8.GetString(buffer, 0, length))["errors"] as JArray;
            return string.Join("; ", (errors ?? []).OfType<JObject>().Take(3).Select(e => CleanText.Of($"{e["code"]}: {e["message"]}", 200)));
        }
        catch (Exception unreadable) when (unreadable is JsonException || RegistryTransport.IsTrouble(unreadable))
        {
            // An answer in another form, such as a proxy's page, adds nothing to its status.
            return "";
        }
    }

    public static ImageBuildException Refused(string registry, string? userName, IReadOnlyList<string> scopes, string told)
    {
        var asked = scopes.Count == 0 ? "" : $" for {string.Join(", ", scopes)}";
        var who = userName is null
            ? $"No credential is known for {registry}"
            : $"The credential of '{CleanText.Of(userName, 100)}' was not enough";
        return new ImageBuildException(
            ErrorIds.RegistryAuthenticationFailed,
            $"The container registry {registry} refused access{asked}{Says(told)}. {who}. Register one with Register-RunAiContainerRegistry NAME -Uri "
            + $"{registry}/REPOSITORY -Credential '{{{{name}}}}', or log in with 'docker login {registry}'; a repository that does not exist is refused in the same way.")
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
        + "-Verbose shows each request; ask the registry's administrator if it stays so.")
    {
        Target = place,
    };

    /// <summary>The error of an answer that is no success.</summary>
    public static async Task<ImageBuildException> OfAsync(
        HttpResponseMessage response, RegistryHost host, string place, string verb, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var told = await ToldAsync(response, ct).ConfigureAwait(false);
        return (int)response.StatusCode is 401 or 403
            ? Refused(host.Name, null, scopes, told.Length > 0 ? told : $"{(int)response.StatusCode}")
            : Unexpected(place, verb, response, told);
    }

    public static ImageBuildException WrongContent(string place, string what) => new(
        ErrorIds.ImageBuildFailed,
        $"What {place} gave as {what} is not that: its size or digest is another. It was not used. Try again, and ask the registry's administrator if it stays so.")
    {
        Target = place,
    };

    private static string Says(string told) => told.Length > 0 ? $" ({told})" : "";
}
