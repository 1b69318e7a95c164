using System.Diagnostics;
using System.Net.Sockets;

namespace RunAi.EndToEnd.Tests;

/// <summary>
/// Podman's Docker-compatible engine on a socket of one test's own, with its own images and containers; all of it goes after the test.
/// </summary>
internal sealed class PodmanService : IDisposable
{
    /// <summary>The programs that it needs, for <see cref="Peers.Require"/>.</summary>
    public static readonly string[] Programs = ["podman", "runc"];

    private readonly string _folder;
    private readonly Process _process;

    private PodmanService(string folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    /// <summary>The socket, as <c>DOCKER_HOST</c> names it.</summary>
    public string Endpoint => "unix://" + SocketOf(_folder);

    /// <param name="folder">Where it keeps everything, in a subfolder. Sockets have short names: not too deep.</param>
    /// <param name="registries">Registries, as <c>host:port</c>, that it may reach over http.</param>
    public static async Task<PodmanService> StartAsync(string folder, params string[] registries)
    {
        Peers.RequireSuperUser();
        var own = Directory.CreateDirectory(Path.Combine(folder, "podman")).FullName;
        await File.WriteAllTextAsync(Path.Combine(own, "containers.conf"), """
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=20000:20000"]
            netns = "host"
            [engine]
            runtime = "runc"
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            [network]
            network_backend = "netavark"
            """);
        await File.WriteAllTextAsync(Path.Combine(own, "storage.conf"), $"""
            [storage]
            driver = "overlay"
            graphroot = "{own}/graph"
            runroot = "{own}/run"
            """);
        await File.WriteAllTextAsync(
            Path.Combine(own, "registries.conf"),
            string.Join('\n', registries.Select(r => $"[[registry]]\nlocation = \"{r}\"\ninsecure = true")));
        var started = new PodmanService(own, Start(own, "system", "service", "--time=0", "unix://" + SocketOf(own)));
        await started.WaitAsync();
        return started;
    }

    /// <summary>Runs <c>podman</c> over the same images and containers and returns what it wrote.</summary>
    public string Run(params string[] arguments)
    {
        using var process = Start(_folder, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"podman {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    public void Dispose()
    {
        Run("rm", "--all", "--force", "--time=0");
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();

        // The storage keeps its root folder mounted on itself.
        var overlay = Path.Combine(_folder, "graph", "overlay");
        if (File.ReadLines("/proc/self/mounts").Any(line => line.Split(' ')[1] == overlay))
        {
            Peers.Run("umount", overlay);
        }
    }

    private static string SocketOf(string folder) => Path.Combine(folder, "docker.sock");

    private static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("podman", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CONTAINERS_CONF"] = Path.Combine(folder, "containers.conf");
        start.Environment["CONTAINERS_STORAGE_CONF"] = Path.Combine(folder, "storage.conf");
        start.Environment["CONTAINERS_REGISTRIES_CONF"] = Path.Combine(folder, "registries.conf");
        return Process.Start(start)!;
    }

    private async Task WaitAsync()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await looks.WaitForNextTickAsync(limit.Token))
        {
            Assert.False(_process.HasExited, "podman system service ended at once.");
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketOf(_folder)), limit.Token);
                return;
            }
            catch (SocketException)
            {
                continue;
            }
        }
    }
}
