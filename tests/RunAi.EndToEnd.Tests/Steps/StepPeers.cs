using System.Text;
using System.Text.Json.Nodes;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>
/// What steps run on: an emulator for each executor, and for the container one an engine and a registry with a login. Each starts when it
/// is first asked for, and one serves all tests that share it.
/// </summary>
public sealed class StepPeers : IDisposable
{
    /// <summary>The registry's login, as a user's secret holds it.</summary>
    public const string Login = "me:registryPASSword";

    private readonly SemaphoreSlim _starting = new(1);
    private EmulatorClient? _process;
    private EmulatorClient? _container;
    private RegistryProcess? _registry;
    private PodmanService? _podman;

    /// <summary>Where they keep everything.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("runai-sp-").FullName;

    /// <summary>The base image of steps: busybox and its shell.</summary>
    public string BaseImage => $"oci:{Folder}/base";

    /// <summary>The registry's repository that takes images for the container executor.</summary>
    public string Repository => $"{_registry!.Host}/team/steps";

    /// <summary>The control plane with that executor.</summary>
    internal async Task<EmulatorClient> EmulatorAsync(string executor)
    {
        Peers.Require(BusyBoxImage.Program);
        await _starting.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "base")))
            {
                BusyBoxImage.WriteLayout(Path.Combine(Folder, "base"));
            }

            return executor == "process"
                ? _process ??= await EmulatorClient.StartAsync("--executor", "process")
                : _container ??= await StartContainersAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _container?.Dispose();
        _podman?.Dispose();
        _registry?.Dispose();
        _starting.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What runs in a container needs nothing of it, which only the static step runner does.</summary>
    private static void RequireStaticRunner()
    {
        const string Reason = "The static step runner is not built (.ci/step-runner builds it).";
        var isThere = File.Exists(Path.Combine(Checkout.Root, "module", "bin", "step-runner", "linux-x64", "step-runner"));
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Skip.If(!isThere, Reason);
    }

    private async Task<EmulatorClient> StartContainersAsync()
    {
        RequireStaticRunner();
        Peers.Require(["docker-registry", "htpasswd", .. PodmanService.Programs]);
        var (user, password) = (Login.Split(':')[0], Login.Split(':')[1]);
        await File.WriteAllTextAsync(Path.Combine(Folder, "users"), Peers.Run("htpasswd", "-Bbn", user, password));
        _registry ??= await RegistryProcess.StartAsync(Folder, $"auth:\n  htpasswd: {{ realm: r, path: {Folder}/users }}");
        _podman ??= await PodmanService.StartAsync(Folder, _registry.Host);

        // The cluster pulls with a login of its own.
        var docker = Directory.CreateDirectory(Path.Combine(Folder, "docker")).FullName;
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes(Login));
        var logins = new JsonObject { ["auths"] = new JsonObject { [_registry.Host] = new JsonObject { ["auth"] = auth } } };
        await File.WriteAllTextAsync(Path.Combine(docker, "config.json"), logins.ToJsonString());
        return await EmulatorClient.StartAsync(
            new Dictionary<string, string> { ["DOCKER_CONFIG"] = docker }, "--executor", "container", "--engine", _podman.Endpoint);
    }
}
