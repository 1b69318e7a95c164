using System.Net;
using System.Net.Http.Json;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>An emulator started by the module itself, with what tests ask of its admin side.</summary>
public sealed class EmulatedControlPlane : IDisposable
{
    private readonly Shell _shell = new();
    private readonly HttpClient _http = new();

    public EmulatedControlPlane()
        : this("")
    {
    }

    private EmulatedControlPlane(string options, string? seedPath = null)
    {
        var emulator = _shell.Run($"Start-RunAiEmulator {options}", seedPath).TheOutput;
        Uri = (string)emulator.Properties["Uri"].Value;
        ClientId = (string)emulator.Properties["ClientId"].Value;
        ClientSecret = new NetworkCredential("", (SecureString)emulator.Properties["ClientSecret"].Value).Password;
        ProjectName = (string)emulator.Properties["ProjectName"].Value;
        ProcessId = (int)emulator.Properties["ProcessId"].Value;
    }

    /// <summary>An emulator with a world of its own.</summary>
    public static EmulatedControlPlane WithSeed(string json)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            return new EmulatedControlPlane("-Seed $args[0]", path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>An emulator with the organisation that it has without a seed, where nothing runs and time is skipped.</summary>
    public static EmulatedControlPlane Simulated() => new("-Executor simulate");

    public string Uri { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public string ProjectName { get; }

    public int ProcessId { get; }

    /// <summary>The requests the API answered, without those to the admin side.</summary>
    public IReadOnlyList<string> Requests(long since = 0) =>
        [.. Array($"requests?since={since}").Select(r => $"{r!["method"]} {r["path"]}")
            .Where(r => !r.Contains("/emulator/", StringComparison.Ordinal))];

    /// <summary>The requests to a path since the given one, each as its query.</summary>
    public IReadOnlyList<string> Queries(string path, long since = 0) =>
        [.. Array($"requests?since={since}").Where(r => (string)r!["path"]! == path).Select(r => (string?)r!["query"] ?? "")];

    /// <summary>Every request with its query and, for creates, its body.</summary>
    public IReadOnlyList<string> RequestsInFull() => [.. Array("requests").Select(r => r!.ToJsonString())];

    /// <summary>The number of the last request so far.</summary>
    public long LastRequest() => Array("requests").Select(r => (long)r!["sequence"]!).DefaultIfEmpty().Max();

    /// <summary>How many workloads were ever created with a name that starts like this.</summary>
    public int Created(string prefix) =>
        Effects().Count(e => (string)e!["kind"]! == "created" && ((string)e["name"]!).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Everything that came about.</summary>
    public JsonArray Effects() => Array("log");

    /// <summary>Adds a fault rule, for example <c>{"kind":"drop","when":"afterEffect","count":1}</c>.</summary>
    public void AddFault(object rule) => _http.PostAsJsonAsync($"{Uri}/emulator/faults", rule).Result.EnsureSuccessStatusCode();

    /// <summary>Skips time; all that falls due in it has happened when this returns.</summary>
    public void Advance(TimeSpan time) =>
        _http.PostAsJsonAsync($"{Uri}/emulator/clock", new { advanceSeconds = time.TotalSeconds }).Result.EnsureSuccessStatusCode();

    public void ClearFaults() => _http.DeleteAsync(new Uri($"{Uri}/emulator/faults")).Result.EnsureSuccessStatusCode();

    /// <summary>Sets rules in the policy of the project's trainings.</summary>
    public void SetPolicy(object rules) => Api(
        HttpMethod.Put,
        new { meta = new { scope = "project", projectId = 1, name = "test" }, policy = new { rules } }).EnsureSuccessStatusCode();

    public void ClearPolicy() => Api(HttpMethod.Delete, null).EnsureSuccessStatusCode();

    /// <summary>A training as the control plane tells of it.</summary>
    public JsonNode Training(string id) =>
        Api(HttpMethod.Get, null, $"/api/v1/workloads/trainings/{id}").Content.ReadFromJsonAsync<JsonNode>().Result!;

    public void Dispose()
    {
        _shell.Run("Stop-RunAiEmulator $args[0]", ProcessId);
        _shell.Dispose();
        _http.Dispose();
    }

    private HttpResponseMessage Api(HttpMethod method, object? body, string? path = null)
    {
        var credentials = new { grantType = "client_credentials", clientID = ClientId, clientSecret = ClientSecret };
        var token = _http.PostAsJsonAsync($"{Uri}/api/v1/token", credentials).Result.Content.ReadFromJsonAsync<JsonNode>().Result!;
        path ??= $"/api/v2/policy/trainings{(body is null ? "?scope=project&projectId=1" : "")}";
        using var request = new HttpRequestMessage(method, Uri + path);
        request.Headers.Authorization = new("Bearer", (string)token["accessToken"]!);
        request.Content = body is null ? null : JsonContent.Create(body);
        return _http.SendAsync(request).Result;
    }

    private JsonArray Array(string what) =>
        JsonSerializer.Deserialize<JsonArray>(_http.GetStringAsync(new Uri($"{Uri}/emulator/{what}")).Result)!;
}
