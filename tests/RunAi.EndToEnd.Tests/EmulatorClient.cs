using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RunAi.EndToEnd.Tests;

/// <summary>An emulator of one test's own, as a process, and requests to it.</summary>
internal sealed class EmulatorClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly HttpClient _http;

    private EmulatorClient(Process process, HttpClient http, string clientId, string clientSecret)
    {
        (_process, _http) = (process, http);
        (ClientId, ClientSecret) = (clientId, clientSecret);
    }

    public string ClientId { get; }

    public string ClientSecret { get; }

    /// <summary>Where it listens.</summary>
    public Uri Uri => _http.BaseAddress!;

    /// <param name="arguments">Its command line.</param>
    public static Task<EmulatorClient> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <param name="environment">What its environment has beside the test's.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<EmulatorClient> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "RunAi.Emulator.dll"), .. arguments, "--parent", $"{Environment.ProcessId}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var line = JsonNode.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(Patience))!)!;
        var http = new HttpClient { BaseAddress = new Uri((string)line["uri"]!) };
        var (clientId, clientSecret) = ((string)line["clientId"]!, (string)line["clientSecret"]!);
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/token", new { grantType = "client_credentials", clientID = clientId, clientSecret });
        var token = (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"];
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new EmulatorClient(process, http, clientId, clientSecret);
    }

    /// <summary>Submits a training with that spec and gives its id.</summary>
    public async Task<string> SubmitAsync(string name, JsonObject spec)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["projectId"] = "1",
            ["clusterId"] = "71f69d83-ba66-4822-adf5-55ce55efd210",
            ["spec"] = spec,
        };
        using var answer = await _http.PostAsJsonAsync("/api/v1/workloads/trainings", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["workloadId"]!;
    }

    public async Task SuspendAsync(string id)
    {
        using var answer = await _http.PostAsync(new Uri($"/api/v1/workloads/trainings/{id}/suspend", UriKind.Relative), null);
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>A training as the control plane gives it to everybody who may see it.</summary>
    public Task<string> TrainingAsync(string id) => _http.GetStringAsync(new Uri($"/api/v1/workloads/trainings/{id}", UriKind.Relative));

    /// <summary>How many workloads were ever created with a name that starts like this.</summary>
    public async Task<int> CreatedAsync(string prefix) =>
        (await _http.GetFromJsonAsync<JsonArray>("/emulator/log"))!
            .Count(e => (string?)e!["kind"] == "created" && ((string)e["name"]!).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Looks at a workload until it fits, and gives it.</summary>
    public Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> fits) =>
        UntilAsync(async () => (await _http.GetFromJsonAsync<JsonNode>($"/api/v1/workloads/{id}"))!, fits);

    public Task<JsonNode> EndedAsync(string id) => UntilAsync(id, workload => (string?)workload["phase"] is "Completed" or "Failed");

    /// <summary>Waits until the workload has written that.</summary>
    public Task SaysAsync(string id, string text) => UntilAsync(() => LogAsync(id), log => log.Contains(text, StringComparison.Ordinal));

    /// <summary>What the workload wrote; nothing before it was started.</summary>
    public async Task<string> LogAsync(string id)
    {
        using var answer = await _http.GetAsync(new Uri($"/emulator/workloads/{id}/log", UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : "";
    }

    /// <summary>Kills it, so that it can clean up nothing.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> fits)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (fits(seen))
            {
                return seen;
            }

            Assert.True(clock.Elapsed < Patience, $"It stayed so: {seen}");
            await looks.WaitForNextTickAsync();
        }
    }
}
