using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class TrainingLifecycleTests
{
    [Fact]
    public async Task Create_Always_AnswersWithoutActualPhase()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("one"));

        var training = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.False(training.ContainsKey("actualPhase"));
        Assert.Equal("Running", (string?)training["desiredPhase"]);
        var later = await emulator.GetAsync($"/api/v1/workloads/trainings/{training["workloadId"]}");
        Assert.Equal("Creating", (string?)later["actualPhase"]);
    }

    [Fact]
    public async Task Workload_AsTimePasses_GoesThroughThePhases()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one", TestEmulator.Gpu());

        await emulator.AdvanceAsync(60);

        Assert.Equal(["Creating", "Pending", "Initializing", "Running", "Completed"], await PhasesAsync(emulator, id));
        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal(2, (int)workload["totalRunningTimeSeconds"]!);
        Assert.Equal((string?)workload["phaseUpdatedAt"], (string?)workload["completedAt"]);
        Assert.Null(workload["allocatedResources"]);
    }

    [Fact]
    public async Task Workload_WhileRunning_HoldsItsResourcesInOnePod()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one", TestEmulator.Gpu(portion: 0.25));

        await emulator.AdvanceAsync(1);

        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal(0.25, (double)workload["allocatedResources"]!["gpu"]!);
        Assert.Equal("4Gi", (string?)workload["allocatedResources"]!["gpuMemory"]);
        var pod = Assert.Single((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!)!;
        Assert.Equal(("t4-1", "Running"), ((string)pod["nodeName"]!, (string)pod["k8sPhase"]!));
    }

    [Fact]
    public async Task Suspend_WhileRunning_StopsAndResumeStartsANewPod()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        await emulator.AdvanceAsync(1);

        await emulator.ActAsync(id, "suspend");
        Assert.Equal("Stopping", await emulator.PhaseAsync(id));
        await emulator.AdvanceAsync(1);
        Assert.Equal("Stopped", await emulator.PhaseAsync(id));
        await emulator.ActAsync(id, "resume");
        Assert.Equal("Resuming", await emulator.PhaseAsync(id));
        await emulator.AdvanceAsync(60);

        Assert.Equal(
            [
                "Creating", "Pending", "Initializing", "Running", "Stopping", "Stopped", "Resuming", "Pending", "Initializing",
                "Running", "Completed",
            ],
            await PhasesAsync(emulator, id));
        var first = Assert.Single((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods?deleted=true"))["pods"]!)!;
        Assert.Equal("one-0", (string?)first["name"]);
    }

    [Fact]
    public async Task Resume_WhileStopping_StartsAgainOnceStopped()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        await emulator.AdvanceAsync(1);

        await emulator.ActAsync(id, "suspend");
        await emulator.ActAsync(id, "resume");
        await emulator.AdvanceAsync(60);

        Assert.Equal("Completed", await emulator.PhaseAsync(id));
    }

    [Fact]
    public async Task Delete_Always_LeavesTheListAndIsShownAsDeleted()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");

        await emulator.ActAsync(id, "delete");
        Assert.Equal("Deleting", await emulator.PhaseAsync(id));
        await emulator.AdvanceAsync(1);

        Assert.Empty((JsonArray)(await emulator.GetAsync("/api/v1/workloads"))["workloads"]!);
        var deleted = Assert.Single((JsonArray)(await emulator.GetAsync("/api/v1/workloads?deleted=true"))["workloads"]!)!;
        Assert.NotNull(deleted["deletedAt"]);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync($"/api/v1/workloads/trainings/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.DeleteAsync($"/api/v1/workloads/trainings/{id}")).StatusCode);
    }

    [Fact]
    public async Task Batch_KnownAndUnknownIds_TellsThemApart()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        var stranger = Guid.NewGuid().ToString();

        var answer = await emulator.Client.PostAsJsonAsync(
            "/api/v1/workloads/batch", new { ids = new[] { id, stranger }, action = "delete" });

        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(id, (string?)Assert.Single((JsonArray)body["succeeded"]!));
        Assert.Equal(stranger, (string?)Assert.Single((JsonArray)body["failed"]!)!["id"]);
        Assert.Equal("Deleting", await emulator.PhaseAsync(id));
    }

    [Fact]
    public async Task FailingPods_WithinTheBackoffLimit_AreRetried()
    {
        await using var emulator = await TestEmulator.SimulateAsync(Failing(failingPods: 2));
        var id = await emulator.SubmitAsync("one", """{"backoffLimit":2}""");

        await emulator.AdvanceAsync(60);

        Assert.Equal("Completed", await emulator.PhaseAsync(id));
        Assert.Equal(3, ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!).Count);
    }

    [Theory]
    [InlineData("""{"backoffLimit":0}""", 1)]
    [InlineData("""{"backoffLimit":2}""", 3)]
    [InlineData("{}", 7)]
    public async Task FailingPods_BeyondTheBackoffLimit_FailTheWorkload(string spec, int pods)
    {
        await using var emulator = await TestEmulator.SimulateAsync(Failing(failingPods: null));
        var id = await emulator.SubmitAsync("one", spec);

        await emulator.AdvanceAsync(600);

        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal("Failed", (string?)workload["phase"]);
        Assert.Contains("exit code 3", (string?)workload["phaseMessage"], StringComparison.Ordinal);
        Assert.Equal(pods, ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!).Count);
        var reasons = await ReasonsAsync(emulator, id);
        Assert.Equal(pods, reasons.Count(reason => reason == "Failed"));
        Assert.Equal(pods - 1, reasons.Count(reason => reason == "BackOff"));
        Assert.Equal("BackoffLimitExceeded", reasons[0]);
    }

    [Fact]
    public async Task Completions_WithLessParallelism_RunOneAfterAnother()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one", """{"completions":5,"parallelism":2}""");
        await emulator.AdvanceAsync(1);
        Assert.Equal(2, (int)(await emulator.WorkloadAsync(id))["runningPods"]!);

        await emulator.AdvanceAsync(60);

        var pods = (JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!;
        Assert.Equal(5, pods.Count(pod => (string?)pod!["k8sPhase"] == "Succeeded"));
        Assert.Equal("Completed", await emulator.PhaseAsync(id));
    }

    [Fact]
    public async Task ImageThatCannotBePulled_Always_StaysInitializingAndSaysWhy()
    {
        var seed = SmallWorld.Create() with { Timetable = new() { Outcomes = [new() { Image = "nowhere/*", ImagePullFails = true }] } };
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        var id = await emulator.SubmitAsync("one", """{"image":"nowhere/x"}""");

        await emulator.AdvanceAsync(600);

        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal("Initializing", (string?)workload["phase"]);
        Assert.Contains("ImagePullBackOff", (string?)workload["phaseMessage"], StringComparison.Ordinal);
        Assert.Contains("BackOff", await ReasonsAsync(emulator, id));
    }

    [Fact]
    public async Task AutoDeletionTime_AfterTheEnd_RemovesTheWorkload()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one", """{"autoDeletionTimeAfterCompletionSeconds":100}""");

        await emulator.AdvanceAsync(60);
        Assert.Equal("Completed", await emulator.PhaseAsync(id));
        await emulator.AdvanceAsync(100);

        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}")).StatusCode);
    }

    [Fact]
    public async Task EffectLog_OfChanges_NamesTheRequestThatCausedEach()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        emulator.Client.DefaultRequestHeaders.Add("X-Request-Id", "mine-1");
        var id = await emulator.SubmitAsync("one");
        await emulator.ActAsync(id, "suspend");

        var log = (JsonArray)(await emulator.Bare.GetFromJsonAsync<JsonNode>("/emulator/log"))!;

        Assert.Equal(["created", "stopped", "phaseChanged"], log.Select(effect => (string)effect!["kind"]!));
        Assert.Equal(["mine-1", "mine-1", null], log.Select(effect => (string?)effect!["requestId"]));
        Assert.All(log, effect => Assert.Equal(id, (string?)effect!["workloadId"]));
    }

    private static Seed Failing(int? failingPods) => SmallWorld.Create() with
    {
        Timetable = new() { Outcomes = [new() { Name = "*", ExitCode = 3, FailingPods = failingPods }] },
    };

    private static async Task<List<string>> PhasesAsync(TestEmulator emulator, string id) =>
    [
        .. ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/history?limit=500"))["records"]!)
            .Select(record => (string?)record!["spec"]!["phaseUpdate"]?["phase"]).OfType<string>(),
    ];

    private static async Task<List<string>> ReasonsAsync(TestEmulator emulator, string id) =>
        [.. ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/events?limit=500"))["events"]!)
            .Select(e => (string)e!["reason"]!)];
}
