using System.Net.Http.Headers;
using System.Net.Http.Json;
using BenchmarkDotNet.Attributes;
using Newtonsoft.Json.Linq;
using RunAi.Benchmarks.Waiting;

namespace RunAi.Benchmarks.Emulator;

/// <summary>A page of 500 out of 10,000 simulated workloads, against a page of one: what the other 499 rows and their order cost.</summary>
[MedianColumn]
public class ListPageBenchmark
{
    private const int Workloads = 10_000;
    private const int SubmittedAtOnce = 16;

    private readonly HttpClient _http = new();
    private SimulatedCluster? _cluster;
    private int _offset;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _cluster = new SimulatedCluster(firstEnd: 36_000);
        _http.BaseAddress = new Uri(_cluster.Uri);
        var login = new { grantType = "client_credentials", clientID = _cluster.ClientId, clientSecret = _cluster.ClientSecret };
        using var answer = await _http.PostAsJsonAsync("/api/v1/token", login);
        var token = (string?)JObject.Parse(await answer.Content.ReadAsStringAsync())["accessToken"];
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var project = JObject.Parse(
            await _http.GetStringAsync(new Uri("/api/v1/org-unit/projects?filterBy=name==demo", UriKind.Relative)))["projects"]![0]!;
        await Parallel.ForAsync(0, Workloads, new ParallelOptions { MaxDegreeOfParallelism = SubmittedAtOnce }, async (i, ct) =>
        {
            var body = new
            {
                name = $"bench-{i % 60:00}-{i:00000}",
                projectId = (string?)project["id"],
                clusterId = (string?)project["clusterId"],
                spec = new { image = "busybox", compute = new { cpuCoreRequest = 1 } },
            };
            using var created = await _http.PostAsJsonAsync("/api/v1/workloads/trainings", body, ct);
            created.EnsureSuccessStatusCode();
        });
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _http.Dispose();
        _cluster!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public Task<byte[]> OneRow() => GetAsync("limit=1");

    [Benchmark]
    public Task<byte[]> Page() => GetAsync($"limit=500&offset={Next()}");

    [Benchmark]
    public Task<byte[]> SortedPage() => GetAsync($"limit=500&sortBy=createdAt&offset={Next()}");

    [Benchmark]
    public Task<byte[]> SortedByNameDescending() => GetAsync($"limit=500&sortBy=name&sortOrder=desc&offset={Next()}");

    [Benchmark]
    public Task<byte[]> ChangesSince() =>
        GetAsync("limit=500&sortBy=createdAt&filterBy=projectName==demo,name=^bench-,phaseUpdatedAt>=2100-01-01T00:00:00Z");

    private int Next() => _offset = (_offset + 500) % Workloads;

    private Task<byte[]> GetAsync(string query) => _http.GetByteArrayAsync(new Uri($"/api/v1/workloads?{query}", UriKind.Relative));
}
