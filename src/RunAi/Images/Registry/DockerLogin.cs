using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Files;
using RunAi.Json;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>
/// The credentials that <c>docker login</c> and <c>podman login</c> keep, of each file its <c>credHelpers</c>, <c>credsStore</c> and
/// <c>auths</c>, asked in this order (Docker CLI documentation, credential stores). An entry may be for a registry, or for repositories
/// below a path of it (containers-auth.json(5)); one that holds nothing hides no other.
/// </summary>
internal sealed class DockerLogin
{
    private const string HubKey = "https://index.docker.io/v1/";

    private readonly IReadOnlyList<string> _files;
    private readonly CredentialHelper _helper;

    /// <param name="environment">Reads an environment variable: some of them name files.</param>
    /// <param name="helper">Runs credential helpers.</param>
    public DockerLogin(Func<string, string?> environment, CredentialHelper helper)
    {
        _files = LoginFiles.In(environment);
        _helper = helper;
    }

    /// <summary>The credential for a repository of a registry, or null.</summary>
    /// <exception cref="DockerLoginException">There is none that can be read, and a file or a helper cannot be used.</exception>
    public async Task<RegistryCredential?> FindAsync(string registry, string repository, CancellationToken ct)
    {
        DockerLoginException? trouble = null;
        foreach (var file in _files)
        {
            try
            {
                if (await FindAsync(Read(file), registry, repository, ct).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
            catch (DockerLoginException failed)
            {
                trouble ??= failed;
            }
        }

        return trouble is null ? null : throw trouble;
    }

    private async Task<RegistryCredential?> FindAsync(JObject config, string registry, string repository, CancellationToken ct)
    {
        var keys = Keys(registry);
        string[] all = [.. PathKeys(registry, repository), .. keys];
        var own = all.Select(key => Text((config["credHelpers"] as JObject)?[key])).FirstOrDefault(name => name is not null);
        DockerLoginException? trouble = null;
        try
        {
            if ((own ?? Text(config["credsStore"])) is { } helper
                && await AskAsync(helper, own is null ? keys : [keys[0]], ct).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }
        catch (DockerLoginException failed)
        {
            trouble = failed;
        }

        return all.Select(key => (config["auths"] as JObject)?[key]).OfType<JObject>().Select(Entry)
            .FirstOrDefault(entry => entry is not null)
            ?? (trouble is null ? null : throw trouble);
    }

    private async Task<RegistryCredential?> AskAsync(string helper, IEnumerable<string> keys, CancellationToken ct)
    {
        foreach (var key in keys)
        {
            if (await _helper.GetAsync(helper, key, ct).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The repository and the paths above it, the longest first.</summary>
    private static IEnumerable<string> PathKeys(string registry, string repository)
    {
        for (var path = repository; path.Length > 0; path = path.Substring(0, Math.Max(path.LastIndexOf('/'), 0)))
        {
            yield return $"{registry}/{path}";
        }
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
            : [
                registry, "https://" + registry, $"https://{registry}/", $"https://{registry}/v1/", $"https://{registry}/v2/",
                "http://" + registry];

    private static string? Text(JToken? json) => json is JValue { Value: string { Length: > 0 } text } ? text : null;

    private static JObject Read(string file)
    {
        try
        {
            var text = AtomicFile.Read(file);
            return string.IsNullOrWhiteSpace(text) ? [] : StrictJson.Parse(text);
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            // A JSON reader quotes what it met, which may be a password.
            throw new DockerLoginException(
                $"Docker's configuration {file} cannot be read: {(cause is JsonException ? "it is not one JSON object." : cause.Message)} "
                + "Correct it, or set DOCKER_CONFIG to another folder.",
                file);
        }
    }
}
