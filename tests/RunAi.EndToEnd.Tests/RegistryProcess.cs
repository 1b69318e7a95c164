using System.Diagnostics;

namespace RunAi.EndToEnd.Tests;

/// <summary>A docker-registry of one test's own on a free port, stopped after it.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private readonly string _config;
    private Process _process;

    private RegistryProcess(string config, int port)
    {
        _config = config;
        Port = port;
        _process = Serve(config);
    }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    /// <param name="folder">Where it keeps everything.</param>
    /// <param name="authentication">The configuration's <c>auth</c> section; none lets everybody in.</param>
    public static async Task<RegistryProcess> StartAsync(string folder, string authentication = "")
    {
        var port = Peers.FreePort();
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(config, $"""
            version: 0.1
            log: {"{"} level: error {"}"}
            storage:
              filesystem: {"{"} rootdirectory: {folder}/data {"}"}
            http: {"{"} addr: "127.0.0.1:{port}" {"}"}
            {authentication}
            """);
        var started = new RegistryProcess(config, port);
        await started.AnswersAsync();
        return started;
    }

    /// <summary>Kills it at once; what was stored stays.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again after it was killed.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Serve(_config);
        await AnswersAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Serve(string config) => Peers.Start(new ProcessStartInfo("docker-registry", ["serve", config]));

    private Task AnswersAsync() => Peers.AnswersAsync(new Uri($"http://{Host}/v2/"), _process);
}
