using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RunAi.EndToEnd.Tests;

/// <summary>A docker-registry of one test's own on a free port, stopped after it.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private readonly Process _process;

    private RegistryProcess(Process process, int port)
    {
        _process = process;
        Host = $"127.0.0.1:{port}";
    }

    public string Host { get; }

    /// <param name="folder">Where it keeps everything.</param>
    /// <param name="authentication">The configuration's <c>auth</c> section; none lets everybody in.</param>
    public static async Task<RegistryProcess> StartAsync(string folder, string authentication = "")
    {
        var port = FreePort();
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(config, $"""
            version: 0.1
            log: {"{"} level: error {"}"}
            storage:
              filesystem: {"{"} rootdirectory: {folder}/data {"}"}
            http: {"{"} addr: "127.0.0.1:{port}" {"}"}
            {authentication}
            """);
        var process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", config])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var started = new RegistryProcess(process, port);
        await started.WaitAsync();
        return started;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task WaitAsync()
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await looks.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{Host}/v2/"), limit.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                continue;
            }
        }
    }
}
