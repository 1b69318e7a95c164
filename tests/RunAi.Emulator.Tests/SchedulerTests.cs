using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class SchedulerTests
{
    private const string Firm = "\"preemptibility\":\"non-preemptible\"";

    [Fact]
    public async Task Portions_ThatAddUpToOne_ShareADevice()
    {
        await using var emulator = await OneDeviceAsync();
        var ids = new List<string>();
        foreach (var portion in new[] { 0.3, 0.3, 0.4, 0.1 })
        {
            ids.Add(await emulator.SubmitAsync($"w{ids.Count}", TestEmulator.Gpu(portion: portion)));
        }

        await emulator.AdvanceAsync(1);

        Assert.Equal(["Running", "Running", "Running", "Pending"], await PhasesAsync(emulator, ids));
        var waiting = await emulator.WorkloadAsync(ids[3]);
        Assert.StartsWith("Not enough resources in the requested nodepool", (string?)waiting["phaseMessage"], StringComparison.Ordinal);
        Assert.Equal("Unschedulable", (string?)waiting["conditions"]![0]!["reason"]);
        await emulator.AdvanceAsync(2);
        Assert.Equal("Running", await emulator.PhaseAsync(ids[3]));
    }

    [Fact]
    public async Task Portions_OnSeveralDevices_LeaveWholeDevicesFree()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(gpus: 3, quota: 3));
        var halves = await SubmitAsync(emulator, 2, "half", TestEmulator.Gpu(portion: 0.5));
        await emulator.AdvanceAsync(1);

        var whole = await emulator.SubmitAsync("whole", TestEmulator.Gpu(devices: 2));
        await emulator.AdvanceAsync(1);

        Assert.Equal(["Running", "Running"], await PhasesAsync(emulator, halves));
        Assert.Equal("Running", await emulator.PhaseAsync(whole));
    }

    [Fact]
    public async Task GpuMemory_OnADevice_IsAShareOfIt()
    {
        await using var emulator = await OneDeviceAsync();
        var spec = """{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"memory","gpuMemoryRequest":"6Gi"}}""";
        var ids = await SubmitAsync(emulator, 3, "w", spec);

        await emulator.AdvanceAsync(1);

        Assert.Equal(["Running", "Running", "Pending"], await PhasesAsync(emulator, ids));
        Assert.Equal(0.375, (double)(await emulator.WorkloadAsync(ids[0]))["allocatedResources"]!["gpu"]!);
    }

    [Theory]
    [InlineData("""{"compute":{"cpuCoreRequest":3}}""")]
    [InlineData("""{"compute":{"cpuMemoryRequest":"5Gi"}}""")]
    public async Task CpuAndMemory_OfANode_BoundItsWork(string spec)
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(gpus: 0, quota: 0, cores: 4, memory: "8Gi"));
        var ids = await SubmitAsync(emulator, 2, "w", spec);

        await emulator.AdvanceAsync(1);

        Assert.Equal(["Running", "Pending"], await PhasesAsync(emulator, ids));
    }

    [Fact]
    public async Task Request_ThatNoNodeCouldEverFit_SaysSo()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one", TestEmulator.Gpu(devices: 16));

        await emulator.AdvanceAsync(1);

        Assert.StartsWith("No node could ever fit", (string?)(await emulator.WorkloadAsync(id))["phaseMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodePools_InTheirOrder_AreTriedOneAfterTheOther()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var ids = await SubmitAsync(emulator, 5, "w", TestEmulator.Gpu(more: "\"nodePools\":[\"default\",\"a100\"]"));

        await emulator.AdvanceAsync(1);

        var pools = new List<string?>();
        foreach (var id in ids)
        {
            pools.Add((string?)(await emulator.WorkloadAsync(id))["currentNodePools"]![0]);
        }
        // Two are within the quota of the first pool; beyond quota the order of the pools still counts.
        Assert.Equal(["default", "default", "default", "default", "a100"], pools);
    }

    [Fact]
    public async Task NodeType_OfARequest_ChoosesTheNode()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var t4 = await emulator.SubmitAsync("a", """{"nodeType":"t4"}""");
        var none = await emulator.SubmitAsync("b", """{"nodeType":"h100"}""");

        await emulator.AdvanceAsync(1);

        Assert.Equal("t4-1", (string?)(await emulator.GetAsync($"/api/v1/workloads/{t4}/pods"))["pods"]![0]!["nodeName"]);
        Assert.Equal("Pending", await emulator.PhaseAsync(none));
    }

    [Theory]
    [InlineData("{}", "Pending")]
    [InlineData("""{"tolerations":[{"operator":"Exists","key":"dedicated","effect":"NoSchedule"}]}""", "Running")]
    [InlineData("""{"tolerations":[{"operator":"Equal","key":"dedicated","value":"other","effect":"Any"}]}""", "Pending")]
    [InlineData("""{"tolerations":[{"operator":"Equal","key":"dedicated","value":"ml","effect":"Any"}]}""", "Running")]
    public async Task Taint_OnTheNode_NeedsAToleration(string spec, string phase)
    {
        var seed = World(gpus: 0, quota: 0);
        seed = seed with { Nodes = [seed.Nodes[0] with { Taints = [new() { Key = "dedicated", Value = "ml", Effect = "NoSchedule" }] }] };
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        var id = await emulator.SubmitAsync("one", spec);

        await emulator.AdvanceAsync(1);

        Assert.Equal(phase, await emulator.PhaseAsync(id));
    }

    [Theory]
    [InlineData("""{"key":"zone","operator":"In","values":["a","b"]}""", "Running")]
    [InlineData("""{"key":"zone","operator":"NotIn","values":["a"]}""", "Pending")]
    [InlineData("""{"key":"disk","operator":"Exists","values":[]}""", "Pending")]
    [InlineData("""{"key":"rank","operator":"Gt","values":["3"]}""", "Running")]
    [InlineData("""{"key":"rank","operator":"Lt","values":["3"]}""", "Pending")]
    public async Task NodeAffinity_OfARequest_IsHeldToTheLabels(string expression, string phase)
    {
        var seed = World(gpus: 0, quota: 0);
        seed = seed with { Nodes = [seed.Nodes[0] with { Labels = new Dictionary<string, string> { ["zone"] = "a", ["rank"] = "5" } }] };
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        var id = await emulator.SubmitAsync(
            "one", $$$"""{"nodeAffinityRequired":{"nodeSelectorTerms":[{"matchExpressions":[{{{expression}}}]}]}}""");

        await emulator.AdvanceAsync(1);

        Assert.Equal(phase, await emulator.PhaseAsync(id));
    }

    [Fact]
    public async Task NonPreemptible_OverQuota_WaitsAndSaysWhy()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var ids = await SubmitAsync(emulator, 3, "w", TestEmulator.Gpu(more: Firm));

        await emulator.AdvanceAsync(1);

        Assert.Equal(["Running", "Running", "Pending"], await PhasesAsync(emulator, ids));
        var workload = await emulator.WorkloadAsync(ids[2]);
        Assert.Equal("NonPreemptibleOverQuota", (string?)workload["phaseReason"]);
        var message = Assert.Single((JsonArray)workload["pendingSchedulingMessages"]!)!;
        Assert.Equal(("default", "NonPreemptibleOverQuota", "PROJECT"),
            ((string)message["nodePool"]!, (string)message["phaseReason"]!, (string)message["orgType"]!));
        Assert.Contains("Project demo", (string?)message["userMessage"], StringComparison.Ordinal);
        var listed = (JsonArray)(await emulator.GetAsync("/api/v1/workloads?filterBy=phase==Pending"))["workloads"]!;
        Assert.Null(Assert.Single(listed)!["pendingSchedulingMessages"]);
    }

    [Fact]
    public async Task Preemptible_OverQuota_UsesIdleDevicesUpToTheLimit()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var ids = await SubmitAsync(emulator, 7, "w", TestEmulator.Gpu(more: "\"nodePools\":[\"a100\"]"), project: "2");

        await emulator.AdvanceAsync(1);

        Assert.Equal([.. Enumerable.Repeat("Running", 6), "Pending"], await PhasesAsync(emulator, ids));
        Assert.Equal("OverLimit", (string?)(await emulator.WorkloadAsync(ids[6]))["phaseReason"]);
        var project = await emulator.GetAsync("/api/v1/org-unit/projects/2");
        Assert.Equal(6, (int)project["status"]!["quotaStatus"]!["allocated"]!["gpu"]!);
        Assert.Equal(7, (int)project["status"]!["quotaStatus"]!["requested"]!["gpu"]!);
    }

    [Fact]
    public async Task OverQuotaWork_WhenAnotherProjectClaimsItsQuota_IsReclaimedAndQueuedAgain()
    {
        await using var emulator = await TestEmulator.SimulateAsync(Long(World(gpus: 4, quota: 2)));
        var greedy = await SubmitAsync(emulator, 4, "greedy", TestEmulator.Gpu());
        await emulator.AdvanceAsync(5);
        Assert.Equal(4, (await PhasesAsync(emulator, greedy)).Count(phase => phase == "Running"));

        var claim = await emulator.SubmitAsync("claim", TestEmulator.Gpu(more: Firm), project: "2");
        await emulator.AdvanceAsync(5);

        Assert.Equal("Running", await emulator.PhaseAsync(claim));
        Assert.Equal(["Running", "Running", "Running", "Pending"], await PhasesAsync(emulator, greedy));
        var events = (JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{greedy[3]}/events"))["events"]!;
        var evicted = events.Single(e => (string?)e!["reason"] == "Evict")!;
        Assert.Contains("claim", (string?)evicted["message"], StringComparison.Ordinal);

        await emulator.ActAsync(claim, "delete");
        await emulator.AdvanceAsync(5);

        var again = await emulator.WorkloadAsync(greedy[3]);
        Assert.Equal("Running", (string?)again["phase"]);
        Assert.True((int)again["totalPendingTimeSeconds"]! >= 5);
        var live = Assert.Single((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{greedy[3]}/pods"))["pods"]!)!;
        Assert.Equal("greedy3-1", (string?)live["name"]);
    }

    [Fact]
    public async Task WorkWithinQuota_OfOtherProjects_IsNeverReclaimed()
    {
        await using var emulator = await TestEmulator.SimulateAsync(Long(World(gpus: 2, quota: 2)));
        var first = await SubmitAsync(emulator, 2, "first", TestEmulator.Gpu());
        await emulator.AdvanceAsync(5);

        var claim = await emulator.SubmitAsync("claim", TestEmulator.Gpu(more: "\"priorityClass\":\"very-high\""), project: "2");
        await emulator.AdvanceAsync(5);

        Assert.Equal(["Running", "Running"], await PhasesAsync(emulator, first));
        Assert.Equal("Pending", await emulator.PhaseAsync(claim));
    }

    [Fact]
    public async Task HigherPriority_InTheSameProject_PreemptsTheLowest()
    {
        await using var emulator = await TestEmulator.SimulateAsync(Long(World(gpus: 2, quota: 2)));
        var low = await emulator.SubmitAsync("low", TestEmulator.Gpu(more: "\"priorityClass\":\"low\""));
        var medium = await emulator.SubmitAsync("medium", TestEmulator.Gpu(more: "\"priorityClass\":\"medium\""));
        await emulator.AdvanceAsync(5);

        var high = await emulator.SubmitAsync("high", TestEmulator.Gpu(more: "\"priorityClass\":\"high\""));
        await emulator.AdvanceAsync(5);

        Assert.Equal(["Pending", "Running", "Running"], await PhasesAsync(emulator, [low, medium, high]));
    }

    [Fact]
    public async Task HigherPriority_AtTheLimit_ReplacesOwnWork()
    {
        var seed = World(gpus: 4, quota: 1);
        seed = Long(seed with { Projects = [.. seed.Projects.Select(p => p with { Quota = [p.Quota[0] with { OverQuota = false }] })] });
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        var low = await emulator.SubmitAsync("low", TestEmulator.Gpu());
        await emulator.AdvanceAsync(5);

        var high = await emulator.SubmitAsync("high", TestEmulator.Gpu(more: "\"priorityClass\":\"medium\""));
        await emulator.AdvanceAsync(5);

        Assert.Equal(["Pending", "Running"], await PhasesAsync(emulator, [low, high]));
    }

    [Fact]
    public async Task GuaranteedRuntime_OfTheNodePool_PutsPreemptionOff()
    {
        var seed = World(gpus: 1, quota: 1);
        seed = Long(seed with { NodePools = [seed.NodePools[0] with { MinGuaranteedRuntimeSeconds = 60 }] });
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        var low = await emulator.SubmitAsync("low", TestEmulator.Gpu());
        await emulator.AdvanceAsync(5);
        var high = await emulator.SubmitAsync("high", TestEmulator.Gpu(more: "\"priorityClass\":\"medium\""));

        await emulator.AdvanceAsync(30);
        Assert.Equal(["Running", "Pending"], await PhasesAsync(emulator, [low, high]));
        await emulator.AdvanceAsync(60);

        Assert.Equal(["Pending", "Running"], await PhasesAsync(emulator, [low, high]));
    }

    [Fact]
    public async Task TerminateAfterPreemption_WhenPreempted_EndsTheWorkload()
    {
        await using var emulator = await TestEmulator.SimulateAsync(Long(World(gpus: 1, quota: 1)));
        var low = await emulator.SubmitAsync("low", TestEmulator.Gpu(more: "\"terminateAfterPreemption\":true"));
        await emulator.AdvanceAsync(5);

        var high = await emulator.SubmitAsync("high", TestEmulator.Gpu(more: "\"priorityClass\":\"medium\""));
        await emulator.AdvanceAsync(5);

        Assert.Equal(["Failed", "Running"], await PhasesAsync(emulator, [low, high]));
    }

    [Fact]
    public async Task WaitingWork_WhenADeviceComesFree_GoesByPriorityThenAge()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(gpus: 1, quota: 1));
        await emulator.SubmitAsync("first", TestEmulator.Gpu(more: "\"priorityClass\":\"very-high\",\"preemptibility\":\"preemptible\""));
        await emulator.AdvanceAsync(1);
        foreach (var (name, priority) in new[] { ("b", "low"), ("c", "medium"), ("d", "low"), ("e", "medium") })
        {
            await emulator.SubmitAsync(name, TestEmulator.Gpu(more: $"\"priorityClass\":\"{priority}\""));
        }

        await emulator.AdvanceAsync(60);

        var finished = (JsonArray)(await emulator.GetAsync("/api/v1/workloads?sortBy=completedAt"))["workloads"]!;
        Assert.Equal(["first", "c", "e", "b", "d"], finished.Select(workload => (string)workload!["name"]!));
    }

    [Fact]
    public async Task Department_WithAQuota_BoundsItsProjectsTogether()
    {
        var seed = World(gpus: 4, quota: 2);
        seed = seed with { Departments = [seed.Departments[0] with { Quota = [new() { NodePool = "default", Gpu = 2 }] }] };
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        await SubmitAsync(emulator, 2, "a", TestEmulator.Gpu(more: Firm));
        var third = await emulator.SubmitAsync("b", TestEmulator.Gpu(more: Firm), project: "2");

        await emulator.AdvanceAsync(1);

        var workload = await emulator.WorkloadAsync(third);
        Assert.Equal("Pending", (string?)workload["phase"]);
        Assert.Equal("DEPARTMENT", (string?)workload["pendingSchedulingMessages"]![0]!["orgType"]);
    }

    [Fact]
    public async Task ThousandsOfWorkloads_InALongQueue_AllEndAndNoDeviceIsEverOverbooked()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(gpus: 50, quota: 50, cores: 10_000, memory: "10Ti"));
        var plane = emulator.Host.ControlPlane;
        var most = 0m;
        plane.Effects.Added += () => most = Math.Max(most, plane.Organisation.Nodes[0].DevicesUsed.Max());
        for (var i = 0; i < 2000; i++)
        {
            await emulator.SubmitAsync($"w{i}", TestEmulator.Gpu(portion: i % 2 == 0 ? 0.5 : 0.25));
        }

        await emulator.AdvanceAsync(600);

        Assert.Equal(2000, (int)(await emulator.GetAsync("/api/v1/workloads/count?filterBy=phase==Completed"))["count"]!);
        Assert.Equal(1m, most);
        Assert.All(plane.Organisation.Nodes[0].DevicesUsed, used => Assert.Equal(0m, used));
    }

    /// <summary>Projects demo and vision with the same quota on one node.</summary>
    private static Seed World(int gpus, decimal quota, decimal cores = 64, string memory = "256Gi") => SmallWorld.Create() with
    {
        NodePools = [new() { Name = "default" }],
        Nodes = [new() { Name = "n1", GpuCount = gpus, GpuMemory = "16Gi", CpuCores = cores, Memory = memory }],
        Projects =
        [
            new() { Name = "demo", Quota = [new() { NodePool = "default", Gpu = quota }] },
            new() { Name = "vision", Quota = [new() { NodePool = "default", Gpu = quota }] },
        ],
    };

    private static Seed Long(Seed seed) => seed with { Timetable = new() { RunningSeconds = 2000 } };

    private static Task<TestEmulator> OneDeviceAsync() => TestEmulator.SimulateAsync(World(gpus: 1, quota: 1));

    private static async Task<List<string>> SubmitAsync(TestEmulator emulator, int count, string name, string spec, string project = "1")
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await emulator.SubmitAsync($"{name}{i}", spec, project));
        }

        return ids;
    }

    private static async Task<List<string>> PhasesAsync(TestEmulator emulator, IEnumerable<string> ids)
    {
        var phases = new List<string>();
        foreach (var id in ids)
        {
            phases.Add(await emulator.PhaseAsync(id));
        }

        return phases;
    }
}
