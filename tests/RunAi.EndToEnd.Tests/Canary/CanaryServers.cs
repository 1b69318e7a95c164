using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RunAi.EndToEnd.Tests.Canary.Wire;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>The control plane and the registries of the canary, each behind a tap that keeps its requests.</summary>
public sealed class CanaryServers : IDisposable
{
    private const string User = "canary-user";

    private EmulatorClient? _emulator;
    private RegistryProcess? _registry;
    private TokenServer? _tokens;
    private Tap? _tokenTap;

    /// <summary>Where they keep everything, and what users keep outside of a session.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("runai-canary-servers-").FullName;

    /// <summary>The password of every registry.</summary>
    public string Password { get; } = "registry-pass-" + Guid.NewGuid().ToString("N");

    /// <summary>Where the emulator's machine keeps what it unpacks and writes.</summary>
    public string EmulatorFolder => Path.Combine(Folder, "emulator");

    internal async Task<EmulatorClient> EmulatorAsync()
    {
        Directory.CreateDirectory(EmulatorFolder);
        return _emulator ??= await EmulatorClient.StartAsync(
            new Dictionary<string, string> { ["TMPDIR"] = EmulatorFolder }, "--state", Path.Combine(EmulatorFolder, "state.json"));
    }

    /// <summary>Starts a registry that wants to know who is there, by password or by tokens, and gives its port.</summary>
    /// <param name="kind"><c>basic</c> or <c>token</c>.</param>
    internal async Task<int> RegistryAsync(string kind)
    {
        Peers.Require("docker-registry", "htpasswd");
        _registry?.Dispose();
        _tokens?.Dispose();
        _tokenTap?.Dispose();
        (_tokens, _tokenTap) = (null, null);
        var folder = Directory.CreateDirectory(Path.Combine(Folder, kind)).FullName;
        if (kind == "token")
        {
            _tokens = new TokenServer(folder, User, Password);
            _tokenTap = new Tap(new Uri(_tokens.Realm).Port);
        }
        else
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "users"), Peers.Run("htpasswd", "-Bbn", User, Password));
        }

        var section = kind == "token"
            ? _tokens!.Section.Replace(Port(new Uri(_tokens.Realm).Port), Port(_tokenTap!.Port), StringComparison.Ordinal)
            : $"auth:\n  htpasswd: {{ realm: r, path: {folder}/users }}";
        _registry = await RegistryProcess.StartAsync(folder, section);
        return _registry.Port;
    }

    /// <summary>The requests for tokens of the registry.</summary>
    internal IEnumerable<RecordedRequest> TokenRequests => _tokenTap?.Requests ?? [];

    /// <summary>How the registry is registered.</summary>
    /// <param name="host">Host and port.</param>
    /// <param name="kind">Where its credential is.</param>
    internal CanaryLogin RegistryLogin(string host, string kind)
    {
        var parameters = new Hashtable { ["Uri"] = $"{host}/team/canary" };
        return kind switch
        {
            "environment" => CanaryLogin.InEnvironment("registry", parameters, "Credential", $"{User}:{Password}", Password),
            "vault" => CanaryLogin.InVault(
                "registry", new Hashtable(parameters) { ["UserName"] = User }, "Credential", new Hashtable { ["push"] = Password },
                "push", Password),
            "credential" => CanaryLogin.AsCredential("registry", parameters, User, Password),
            "secure" => CanaryLogin.AsSecureString("registry", new Hashtable(parameters) { ["UserName"] = User }, "Credential", Password),
            "docker" => CanaryLogin.OfDocker("registry", parameters, DockerLogin(host), Password),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    public void Dispose()
    {
        _emulator?.Dispose();
        _registry?.Dispose();
        _tokenTap?.Dispose();
        _tokens?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What <c>docker login</c> writes.</summary>
    private string DockerLogin(string host)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "docker")).FullName;
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            new JsonObject { ["auths"] = new JsonObject { [host] = new JsonObject { ["auth"] = auth } } }.ToJsonString());
        return folder;
    }

    private static string Port(int port) => ":" + port.ToString(CultureInfo.InvariantCulture) + "/";
}
