using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class DistributedTests
{
    [Fact]
    public async Task Create_Always_AnswersWithBothSpecsAndNoPhase()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var own = await emulator.Client.PostAsJsonAsync(
            "/api/v1/workloads/distributed", TestEmulator.Distributed("own", """{"args":"w"}""", """{"args":"m"}"""));
        var same = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/distributed", TestEmulator.Distributed("same"));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (own.StatusCode, same.StatusCode));
        var (first, second) = ((await own.Content.ReadFromJsonAsync<JsonObject>())!, (await same.Content.ReadFromJsonAsync<JsonObject>())!);
        Assert.Equal(("w", "m"), ((string?)first["spec"]!["args"], (string?)first["masterSpec"]!["args"]));
        Assert.Equal((false, true), ((bool?)first["masterSpecSameAsWorker"], (bool?)second["masterSpecSameAsWorker"]));
        Assert.False(first.ContainsKey("actualPhase") || second.ContainsKey("masterSpec"));
    }

    [Theory]
    [InlineData("""{"numWorkers":0}""", null, true, "numWorkers")]
    [InlineData("""{"distributedFramework":"Torch"}""", null, true, "distributedFramework")]
    [InlineData("""{"completions":2}""", null, true, "completions")]
    [InlineData("""{"parallelism":2}""", null, true, "parallelism")]
    [InlineData("{}", """{"numWorkers":2}""", false, "masterSpec.numWorkers")]
    [InlineData("{}", """{"compute":{"cpuCoreRequest":2,"cpuCoreLimit":1}}""", false, "masterSpec.compute.cpuCoreLimit")]
    [InlineData("""{"slotsPerWorker":2}""", null, true, "slotsPerWorker")]
    [InlineData("""{"distributedFramework":"MPI","maxReplicas":2}""", null, true, "maxReplicas")]
    [InlineData("""{"minReplicas":3,"maxReplicas":2}""", null, true, "maxReplicas")]
    [InlineData("""{"distributedFramework":"JAX"}""", null, true, "masterSpecSameAsWorker")]
    [InlineData("""{"distributedFramework":"MPI"}""", null, false, "masterSpec")]
    [InlineData("""{"cleanPodPolicy":"Some"}""", null, true, "cleanPodPolicy")]
    public async Task Create_WithABadSpec_NamesTheField(string spec, string? master, bool sameMaster, string field)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Client.PostAsJsonAsync(
            "/api/v1/workloads/distributed", TestEmulator.Distributed("one", spec, master, sameMaster));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var issues = (JsonArray)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["complianceIssues"]!;
        Assert.Equal(field, (string?)Assert.Single(issues)!["field"]);
    }

    [Fact]
    public async Task Create_WithASpecOfTheMasterAndOneThatIsTheSame_IsRefused()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var body = TestEmulator.Distributed("one", master: "{}");
        body["masterSpecSameAsWorker"] = true;

        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/distributed", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Workload_WhileRunning_TellsOfAllItsPods()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitDistributedAsync(
            "many", TestEmulator.Gpu(portion: 0.5, more: "\"minReplicas\":1,\"maxReplicas\":3"),
            """{"image":"lead","compute":{"cpuCoreRequest":2}}""");

        await emulator.AdvanceAsync(1);

        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal(
            ("Distributed", "PyTorch", 3),
            ((string?)workload["type"], (string?)workload["distributedFramework"], (int)workload["runningPods"]!));
        Assert.Equal(
            (3, 1, 3),
            ((int)workload["requestedPods"]!["number"]!, (int)workload["requestedPods"]!["min"]!, (int)workload["requestedPods"]!["max"]!));
        Assert.Equal((1, 2), (
            (double)workload["workloadRequestedResources"]!["gpu"]!["request"]!,
            (double)workload["workloadRequestedResources"]!["cpu"]!["request"]!));
        Assert.Equal(["lead", "busybox"], ((JsonArray)workload["images"]!).Select(image => (string)image!));
        var pods = ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!).ToList();
        Assert.Equal(["many-master-0", "many-worker-0", "many-worker-1"], pods.Select(pod => (string)pod!["name"]!));
        Assert.Equal(["lead", "busybox", "busybox"], pods.Select(pod => (string)pod!["containers"]![0]!["image"]!));
        Assert.Equal([null, 0.5, 0.5], pods.Select(pod => (double?)pod!["requestedResources"]!["gpu"]?["request"]));
    }

    [Fact]
    public async Task List_FilteredByTypeOrFramework_TellsThemApart()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var text = await emulator.SubmitAsync("one");
        var many = await emulator.SubmitDistributedAsync("many");

        Assert.Equal([many], await IdsAsync(emulator, "type==Distributed"));
        Assert.Equal([many], await IdsAsync(emulator, "distributedFramework==PyTorch"));
        Assert.Equal([text], await IdsAsync(emulator, "type==Training"));
    }

    [Theory]
    [InlineData("trainings", "distributed")]
    [InlineData("distributed", "trainings")]
    public async Task Endpoints_OfTheOtherType_DoNotKnowTheWorkload(string kind, string other)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = kind == "trainings" ? await emulator.SubmitAsync("one") : await emulator.SubmitDistributedAsync("one");
        var path = $"/api/v1/workloads/{other}/{id}";

        HttpResponseMessage[] answers =
        [
            await emulator.Client.GetAsync(path), await emulator.Client.DeleteAsync(path),
            await emulator.Client.PostAsync(path + "/suspend", null), await emulator.Client.PostAsync(path + "/resume", null),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.Equal("Creating", await emulator.PhaseAsync(id));
    }

    [Fact]
    public async Task Pods_ThatDoNotAllFit_WaitTogether()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(gpus: 2));
        var three = await emulator.SubmitDistributedAsync("three", TestEmulator.Gpu());
        var two = await emulator.SubmitDistributedAsync("two", TestEmulator.Gpu(), "{}");

        await emulator.AdvanceAsync(1);

        Assert.Equal(("Pending", "Running"), (await emulator.PhaseAsync(three), await emulator.PhaseAsync(two)));
        var waiting = await emulator.WorkloadAsync(three);
        Assert.Equal((0, 3), ((int)waiting["runningPods"]!, (int)waiting["requestedPods"]!["number"]!));
        Assert.Contains("1 pod(s) of 1 x 1 GPU", (string?)waiting["phaseMessage"], StringComparison.Ordinal);
        Assert.Contains("and 2 pod(s) of 1 x 1 GPU", (string?)waiting["phaseMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_Resume_AndDelete_TakeAllPodsAlong()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitDistributedAsync("many", TestEmulator.Gpu(portion: 0.25));
        await emulator.AdvanceAsync(1);

        await emulator.ActAsync(id, "suspend", "distributed");
        await emulator.AdvanceAsync(1);
        var stopped = await emulator.WorkloadAsync(id);
        await emulator.ActAsync(id, "resume", "distributed");
        await emulator.AdvanceAsync(1);
        var resumed = await emulator.WorkloadAsync(id);
        var gone = (JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods?deleted=true"))["pods"]!;
        await emulator.ActAsync(id, "delete", "distributed");
        await emulator.AdvanceAsync(1);

        Assert.Equal(("Stopped", 0), ((string?)stopped["phase"], (int)stopped["runningPods"]!));
        Assert.Equal(("Running", 3), ((string?)resumed["phase"], (int)resumed["runningPods"]!));
        Assert.Equal(["many-master-0", "many-worker-0", "many-worker-1"], gone.Select(pod => (string)pod!["name"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}")).StatusCode);
        Assert.Equal(0, emulator.Host.ControlPlane.Organisation.Nodes.Sum(node => node.DevicesUsed.Sum()));
    }

    [Fact]
    public async Task Batch_WithBothTypes_ActsOnBoth()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var ids = new[] { await emulator.SubmitAsync("one"), await emulator.SubmitDistributedAsync("many") };

        await emulator.Client.PostAsJsonAsync("/api/v1/workloads/batch", new { ids, action = "suspend" });
        await emulator.AdvanceAsync(1);

        Assert.Equal(("Stopped", "Stopped"), (await emulator.PhaseAsync(ids[0]), await emulator.PhaseAsync(ids[1])));
    }

    [Fact]
    public async Task Workload_WithoutAMaster_CompletesWithItsLastWorker()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitDistributedAsync("many", sameMaster: false);

        await emulator.AdvanceAsync(60);

        Assert.Equal("Completed", await emulator.PhaseAsync(id));
        var pods = (JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!;
        Assert.Equal(["many-worker-0 Succeeded", "many-worker-1 Succeeded"], pods.Select(pod => $"{pod!["name"]} {pod["k8sPhase"]}"));
    }

    [Fact]
    public async Task State_OfARestartedEmulator_HasDistributedTrainings()
    {
        var state = Path.GetTempFileName();
        File.Delete(state);
        string id;
        await using (var first = await TestEmulator.SimulateAsync(state: state))
        {
            id = await first.SubmitDistributedAsync("many", TestEmulator.Gpu(portion: 0.5), """{"args":"m"}""");
            await first.AdvanceAsync(1);
        }

        await using var second = await TestEmulator.SimulateAsync(state: state);

        var kept = await second.GetAsync($"/api/v1/workloads/distributed/{id}");
        Assert.Equal(("Running", "m"), ((string?)kept["actualPhase"], (string?)kept["masterSpec"]!["args"]));
        await second.AdvanceAsync(60);
        Assert.Equal("Completed", await second.PhaseAsync(id));
        File.Delete(state);
    }

    private static async Task<IEnumerable<string>> IdsAsync(TestEmulator emulator, string filter) =>
        ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads?filterBy={Uri.EscapeDataString(filter)}"))["workloads"]!)
            .Select(row => (string)row!["id"]!);

    private static Seed World(int gpus) => SmallWorld.Create() with
    {
        NodePools = [new() { Name = "default" }],
        Nodes = [new() { Name = "n", GpuCount = gpus }],
        Projects = [new() { Name = "demo", Quota = [new() { NodePool = "default", Gpu = 4 }] }],
    };
}
