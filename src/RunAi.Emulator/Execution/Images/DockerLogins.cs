using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Execution.Images;

/// <summary>
/// Logins in the form of Docker's config.json: the user's own file with its credential helpers, and the Kubernetes secrets
/// (key .dockerconfigjson) that a workload names as imagePullSecrets.
/// </summary>
internal sealed class DockerLogins(string configFile)
{
    private const string SecretKey = ".dockerconfigjson";
    private const string HubKey = "https://index.docker.io/v1/";

    /// <summary>Those of the user who runs the emulator: $DOCKER_CONFIG/config.json or ~/.docker/config.json.</summary>
    public static DockerLogins OfTheUser()
    {
        var folder = Environment.GetEnvironmentVariable("DOCKER_CONFIG");
        return new DockerLogins(Path.Combine(
            string.IsNullOrEmpty(folder)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker")
                : folder,
            "config.json"));
    }

    /// <summary>The login for a registry: the first pull secret that has one, else the user's; null when there is none.</summary>
    /// <exception cref="ImageException">A file or a helper cannot be used.</exception>
    public async Task<RegistryLogin?> FindAsync(
        string registry, IEnumerable<IReadOnlyDictionary<string, string>> pullSecrets, CancellationToken cancellation)
    {
        foreach (var secret in pullSecrets)
        {
            if (secret.TryGetValue(SecretKey, out var text) && InFile(Parse(text, "an image pull secret"), registry) is { } login)
            {
                return login;
            }
        }

        if (!File.Exists(configFile))
        {
            return null;
        }

        var config = Parse(await File.ReadAllTextAsync(configFile, cancellation).ConfigureAwait(false), configFile);
        var helper = Keys(registry).Select(key => (string?)config["credHelpers"]?[key]).FirstOrDefault(name => name is not null)
            ?? (string?)config["credsStore"];
        return (helper is null ? null : await AskAsync(helper, registry, cancellation).ConfigureAwait(false)) ?? InFile(config, registry);
    }

    private static RegistryLogin? InFile(JsonObject config, string registry)
    {
        var entry = Keys(registry).Select(key => config["auths"]?[key] as JsonObject).FirstOrDefault(found => found is not null);
        if ((string?)entry?["identitytoken"] is { Length: > 0 } token)
        {
            return new RegistryLogin("<token>", token, isIdentityToken: true);
        }

        if ((string?)entry?["auth"] is { Length: > 0 } both)
        {
            var bytes = new byte[both.Length];
            var pair = Convert.TryFromBase64String(both, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
            return pair.Split(':', 2) is [var name, var word] ? new RegistryLogin(name, word) : null;
        }

        return (string?)entry?["username"] is { } user && (string?)entry["password"] is { } password
            ? new RegistryLogin(user, password)
            : null;
    }

    /// <summary>Asks a program docker-credential-NAME, as the Docker CLI does; one that has no credential fails and says so.</summary>
    private static async Task<RegistryLogin?> AskAsync(string helper, string registry, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo($"docker-credential-{helper}", "get")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            await process.StandardInput.WriteLineAsync(
                (registry == ImageName.DockerHub ? HubKey : registry).AsMemory(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            var complaints = process.StandardError.ReadToEndAsync(cancellation);
            var answer = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await complaints.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                return null;
            }

            var found = Parse(answer, start.FileName);
            var (user, secret) = ((string?)found["Username"] ?? "", (string?)found["Secret"] ?? "");
            return new RegistryLogin(user, secret, user == "<token>");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new ImageException($"{start.FileName}, which {registry}'s credential is kept with, cannot be run: {e.Message}", e);
        }
    }

    /// <summary>A parser's complaint quotes what it met, which may be a password: it is not passed on.</summary>
    private static JsonObject Parse(string text, string where)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ImageException($"{where} is not one JSON object");
        }
    }

    private static string[] Keys(string registry) => registry == ImageName.DockerHub
        ? [HubKey, "index.docker.io", "docker.io", "registry-1.docker.io"]
        : [registry, "https://" + registry, $"https://{registry}/v1/", $"https://{registry}/v2/", "http://" + registry];
}
