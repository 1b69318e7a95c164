using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using RunAi.Chaos.Tests.Clients;
using RunAi.Emulators;

namespace RunAi.Chaos.Tests.Servers;

/// <summary>An emulator process of a test's own, which can be killed and started again in the same place with what it had kept.</summary>
internal sealed class ChaosEmulator : IDisposable
{
    private const string Secret = "chaos-secret-of-this-emulator";

    private static readonly string Seed = $$"""
        {
          "credentials": { "clientId": "chaos", "clientSecret": "{{Secret}}" },
          "timetable": { "creatingSeconds": 0.1, "initializingSeconds": 0.1, "runningSeconds": 0.3, "stoppingSeconds": 0.1 },
          "nodes": [{ "name": "large", "cpuCores": 4000, "memory": "4000Gi" }]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-chaos-");
    private readonly HttpClient _http = new();
    private EmulatorProcess? _process;

    private readonly bool _keeps;

    private ChaosEmulator(int port, bool keeps) => (Port, _keeps) = (port, keeps);

    public int Port { get; }

    public string Uri => $"http://127.0.0.1:{Port}";

    public ChaosAccess Access => AccessBy(Port);

    /// <summary>A new folder for the run records of a test.</summary>
    public string NewStore() => _folder.CreateSubdirectory("store-" + Guid.NewGuid().ToString("N")).FullName;

    public static ChaosAccess AccessBy(int port) => new($"http://127.0.0.1:{port}", "chaos", Secret, "demo");

    /// <param name="keeps">True to keep its state in a file.</param>
    public static async Task<ChaosEmulator> StartAsync(bool keeps = false)
    {
        var emulator = new ChaosEmulator(FreePort(), keeps);
        try
        {
            await File.WriteAllTextAsync(emulator.SeedPath, Seed);
            await emulator.RestartAsync();
            return emulator;
        }
        catch
        {
            emulator.Dispose();
            throw;
        }
    }

    private string SeedPath => Path.Combine(_folder.FullName, "seed.json");

    /// <summary>Starts it, on the same port and with the state that is in its file.</summary>
    public async Task RestartAsync() => _process = await EmulatorProcess.StartAsync(
        new EmulatorOptions
        {
            Assembly = Path.Combine(AppContext.BaseDirectory, "RunAi.Emulator.dll"),
            Executor = "simulate",
            Port = Port,
            Seed = SeedPath,
            State = _keeps ? Path.Combine(_folder.FullName, "state.json") : null,
        },
        default);

    /// <summary>Kills it, so that it can write and answer nothing more.</summary>
    public async Task KillAsync()
    {
        using var process = Process.GetProcessById(_process!.Emulator.ProcessId);
        process.Kill();
        await process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task AddFaultsAsync(object rules)
    {
        using var answer = await _http.PostAsJsonAsync($"{Uri}/emulator/faults", rules);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The rules, with how often each struck.</summary>
    public Task<JsonArray> FaultsAsync() => ArrayAsync("faults");

    public async Task ClearFaultsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri($"{Uri}/emulator/faults"));
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>What came about, in order, since it was started.</summary>
    public async Task<IReadOnlyList<EmulatorEffect>> LogAsync() =>
        [.. (await ArrayAsync("log")).Select(jsonNode => new EmulatorEffect(
            (string)jsonNode!["kind"]!, (string)jsonNode["workloadId"]!, (string)jsonNode["name"]!))];

    /// <summary>All workloads that were created in any of its lives and kept.</summary>
    public async Task<IReadOnlyList<EmulatorEffect>> CreatedAsync()
    {
        using var token = await _http.PostAsJsonAsync(
            $"{Uri}/api/v1/token", new { grantType = "client_credentials", clientID = Access.ClientId, clientSecret = Secret });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Uri}/api/v1/workloads?limit=500");
        request.Headers.Authorization = new("Bearer", (string)(await token.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!);
        using var answer = await _http.SendAsync(request);
        var workloads = (JsonArray)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["workloads"]!;
        return [.. workloads.Select(workload => new EmulatorEffect("created", (string)workload!["id"]!, (string)workload["name"]!))];
    }

    /// <summary>How many requests to the API came since it was started.</summary>
    public async Task<int> RequestsAsync() => (await ArrayAsync("requests")).Count;

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.StopAsync(default).GetAwaiter().GetResult();
            process.Dispose();
        }

        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonArray> ArrayAsync(string what) => (await _http.GetFromJsonAsync<JsonArray>($"{Uri}/emulator/{what}"))!;

    private static int FreePort()
    {
        // The port has to be known before: it is taken again after a restart.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
