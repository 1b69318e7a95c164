using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Hosting;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.Tests.Contract;

namespace RunAi.Emulator.Tests;

/// <summary>An emulator in this process behind a real socket, and a client that holds every answer to the document.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    public const string Cluster = "71f69d83-ba66-4822-adf5-55ce55efd210";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TestEmulator(EmulatorHost host)
    {
        Host = host;
        Contract = new ContractHandler(new SocketsHttpHandler());
        Client = new HttpClient(Contract) { BaseAddress = new Uri(host.Line.Uri), Timeout = Patience };
        Bare = new HttpClient { BaseAddress = new Uri(host.Line.Uri), Timeout = Patience };
    }

    public EmulatorHost Host { get; }

    /// <summary>Held to the document, with a token.</summary>
    public HttpClient Client { get; }

    /// <summary>Held to nothing, without a token.</summary>
    public HttpClient Bare { get; }

    public ContractHandler Contract { get; }

    /// <summary>Simulated, on a clock that stands still until it is advanced.</summary>
    public static Task<TestEmulator> SimulateAsync(Seed? seed = null, string? state = null) => StartAsync(
        seed, new EmulatorOptions { Executor = ExecutorKind.Simulate, StatePath = state },
        new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    /// <summary>With real processes on the real clock.</summary>
    public static Task<TestEmulator> ProcessAsync(Seed? seed = null, string? state = null) => StartAsync(
        seed ?? Quick, new EmulatorOptions { StatePath = state }, TimeProvider.System);

    /// <summary>The default world with phases that take no time.</summary>
    public static Seed Quick { get; } = SmallWorld.Create() with
    {
        Timetable = new()
        {
            CreatingSeconds = 0,
            InitializingSeconds = 0,
            StoppingSeconds = 0,
            ResumingSeconds = 0,
            DeletingSeconds = 0,
            BackOffSeconds = 0,
            RunningSeconds = 10,
        },
    };

    public static async Task<TestEmulator> StartAsync(Seed? seed, EmulatorOptions options, TimeProvider time)
    {
        var emulator = new TestEmulator(await EmulatorHost.StartAsync(options, seed ?? SmallWorld.Create(), time));
        emulator.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await emulator.TokenAsync());
        return emulator;
    }

    public async Task<string> TokenAsync()
    {
        var answer = await Client.PostAsJsonAsync("/api/v1/token", new
        {
            grantType = "client_credentials",
            clientID = Host.Line.ClientId,
            clientSecret = Host.Line.ClientSecret,
        });
        answer.EnsureSuccessStatusCode();
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!;
    }

    /// <summary>The body of a create request for project demo unless said otherwise.</summary>
    public static JsonObject Training(string name, string spec = "{}", string project = "1")
    {
        var json = (JsonObject)JsonNode.Parse(spec)!;
        json["image"] ??= "busybox";
        return new JsonObject { ["name"] = name, ["projectId"] = project, ["clusterId"] = Cluster, ["spec"] = json };
    }

    /// <summary>A spec that asks for GPUs.</summary>
    public static string Gpu(int devices = 1, double portion = 1, string more = "") => FormattableString.Invariant(
        $$"""{"compute":{"gpuDevicesRequest":{{devices}},"gpuRequestType":"portion","gpuPortionRequest":{{portion}}}{{(more.Length == 0 ? "" : "," + more)}}}""");

    /// <summary>Submits and gives the id.</summary>
    public async Task<string> SubmitAsync(string name, string spec = "{}", string project = "1")
    {
        var answer = await Client.PostAsJsonAsync("/api/v1/workloads/trainings", Training(name, spec, project));
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["workloadId"]!;
    }

    /// <summary>The body of a create request of a distributed training.</summary>
    public static JsonObject Distributed(string name, string spec = "{}", string? master = null, bool sameMaster = true)
    {
        var body = Training(name, spec);
        body["spec"]!["distributedFramework"] ??= "PyTorch";
        body["spec"]!["numWorkers"] ??= 2;
        if (master is not null)
        {
            body["masterSpec"] = JsonNode.Parse(master);
            body["masterSpec"]!["image"] ??= "busybox";
        }
        else if (sameMaster)
        {
            body["masterSpecSameAsWorker"] = true;
        }

        return body;
    }

    /// <summary>Submits a distributed training, with a master like its two workers unless said otherwise, and gives the id.</summary>
    public async Task<string> SubmitDistributedAsync(string name, string spec = "{}", string? master = null, bool sameMaster = true)
    {
        var answer = await Client.PostAsJsonAsync("/api/v1/workloads/distributed", Distributed(name, spec, master, sameMaster));
        Assert.True((int)answer.StatusCode == 202, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["workloadId"]!;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonNode>(path))!;

    public Task<JsonNode> WorkloadAsync(string id) => GetAsync($"/api/v1/workloads/{id}");

    public async Task<string> PhaseAsync(string id) => (string)(await WorkloadAsync(id))["phase"]!;

    public async Task ActAsync(string id, string action, string kind = "trainings")
    {
        var path = $"/api/v1/workloads/{kind}/{id}";
        var answer = action == "delete" ? await Client.DeleteAsync(path) : await Client.PostAsync($"{path}/{action}", null);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    public async Task AdvanceAsync(double seconds)
    {
        var answer = await Bare.PostAsJsonAsync("/emulator/clock", new { advanceSeconds = seconds });
        answer.EnsureSuccessStatusCode();
    }

    public async Task AddFaultAsync(object rule)
    {
        var answer = await Bare.PostAsJsonAsync("/emulator/faults", rule);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the effect log tells of the phase.</summary>
    public async Task ReachesAsync(string id, string phase)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workload = Guid.Parse(id);
        void Look()
        {
            if (Host.ControlPlane.Effects.Since(0).LastOrDefault(effect => effect.WorkloadId == workload)?.Phase == phase)
            {
                reached.TrySetResult();
            }
        }

        Host.ControlPlane.Effects.Added += Look;
        Look();
        await reached.Task.WaitAsync(Patience);
        Host.ControlPlane.Effects.Added -= Look;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Bare.Dispose();
        await Host.DisposeAsync();
    }
}
