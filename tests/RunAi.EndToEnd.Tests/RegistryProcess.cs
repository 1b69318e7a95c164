using System.Diagnostics;

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
        var process = Peers.Start(new ProcessStartInfo("docker-registry", ["serve", config]));
        var started = new RegistryProcess(process, port);
        await Peers.AnswersAsync(new Uri($"http://{started.Host}/v2/"), process);
        return started;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
