using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Files;
using RunAi.Json;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>
/// The credentials that <c>docker login</c> keeps: <c>config.json</c> in <c>$DOCKER_CONFIG</c> or <c>~/.docker</c>, with its
/// <c>credHelpers</c>, <c>credsStore</c> and <c>auths</c>, asked in this order (Docker CLI documentation, credential stores).
/// </summary>
internal sealed class DockerLogin
{
    private const string HubKey = "https://index.docker.io/v1/";

    private readonly string _file;
    private readonly CredentialHelper _helper;

    public DockerLogin(Func<string, string?> environment, CredentialHelper helper)
    {
        var folder = environment("DOCKER_CONFIG");
        _file = Path.Combine(
            string.IsNullOrEmpty(folder) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker") : folder!,
            "config.json");
        _helper = helper;
    }

    /// <summary>The credential for a registry, or null.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.RegistryAuthenticationFailed"/>: the file or a helper cannot be used.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken ct)
    {
        var config = Read();
        var keys = Keys(registry);
        var own = keys.Select(key => Text((config["credHelpers"] as JObject)?[key])).FirstOrDefault(name => name is not null);
        if ((own ?? Text(config["credsStore"])) is { } helper)
        {
            foreach (var key in own is null ? keys : keys.Take(1))
            {
                if (await _helper.GetAsync(helper, key, ct).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
        }

        return own is null ? InFile(config, keys) : null;
    }

    private static RegistryCredential? InFile(JObject config, IReadOnlyList<string> keys)
    {
        var auths = config["auths"] as JObject;
        return keys.Select(key => auths?[key] as JObject).FirstOrDefault(entry => entry is not null) is { } entry ? Entry(entry) : null;
    }

    private static RegistryCredential? Entry(JObject entry)
    {
        if (Text(entry["identitytoken"]) is { } token)
        {
            return RegistryCredential.OfIdentityToken(token);
        }

        if (Text(entry["auth"]) is { } both && Decode(both) is { } pair && pair.IndexOf(':') is var colon and > 0)
        {
            return new RegistryCredential(pair.Substring(0, colon), new SecretText(pair.Substring(colon + 1).TrimEnd('\0')));
        }

        return Text(entry["username"]) is { } user && Text(entry["password"]) is { } password
            ? new RegistryCredential(user, new SecretText(password))
            : null;
    }

    private static string? Decode(string base64)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string[] Keys(string registry) =>
        registry == ImageReference.DockerHub
            ? [HubKey, "index.docker.io", "docker.io", "https://index.docker.io", "registry-1.docker.io"]
            : [registry, "https://" + registry, $"https://{registry}/", $"https://{registry}/v1/", $"https://{registry}/v2/", "http://" + registry];

    private static string? Text(JToken? json) => json is JValue { Value: string { Length: > 0 } text } ? text : null;

    private JObject Read()
    {
        try
        {
            var text = AtomicFile.Read(_file);
            return string.IsNullOrWhiteSpace(text) ? [] : StrictJson.Parse(text);
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            // A JSON reader quotes what it met, which may be a password.
            throw new ImageBuildException(
                ErrorIds.RegistryAuthenticationFailed,
                $"Docker's configuration {_file} cannot be read: {(cause is JsonException ? "it is not one JSON object." : cause.Message)} Correct it, or set "
                + "DOCKER_CONFIG to another folder.")
            {
                Target = _file,
            };
        }
    }
}
