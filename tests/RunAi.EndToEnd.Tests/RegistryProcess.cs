using System.Diagnostics;

namespace RunAi.EndToEnd.Tests;

/// <summary>A docker-registry of one test's own on a free port, stopped after it. Killed and started again, it has what it had.</summary>
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
            http: {"{"} addr: "127.0.0.1:{port}", secret: "of uploads that go on" {"}"}
            {authentication}
            """);
        var started = new RegistryProcess(config, port);
        await started.AnswersAsync();
        return started;
    }

    /// <summary>Kills it at once, in the middle of whatever it does; what was stored stays.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again at the same place after it was killed; it takes a moment until it answers.</summary>
    public void StartAgain()
    {
        _process.Dispose();
        _process = Serve(_config);
    }

    /// <summary>Starts it again and waits until it answers.</summary>
    public Task StartAgainAsync()
    {
        StartAgain();
        return AnswersAsync();
    }

    /// <summary>Waits until it answers.</summary>
    public Task AnswersAsync() => Peers.AnswersAsync(new Uri($"http://{Host}/v2/"), _process);

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static Process Serve(string config) => Peers.Start(new ProcessStartInfo("docker-registry", ["serve", config]));
}
