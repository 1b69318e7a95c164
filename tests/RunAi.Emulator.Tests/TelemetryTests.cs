using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class TelemetryTests
{
    [Theory]
    [InlineData("TOTAL_GPUS", "cpu-1=0,t4-1=4,a100-1=8")]
    [InlineData("READY_GPUS", "cpu-1=0,t4-1=4,a100-1=8")]
    [InlineData("FREE_GPUS", "cpu-1=0,t4-1=2.5,a100-1=8")]
    [InlineData("ALLOCATED_GPUS", "cpu-1=0,t4-1=1.5,a100-1=0")]
    [InlineData("FULLY_FREE_GPU_NODES", "cpu-1=0,t4-1=0,a100-1=1")]
    [InlineData("TOTAL_CPU_CORES", "cpu-1=64,t4-1=32,a100-1=96")]
    [InlineData("TOTAL_GPU_MEMORY_BYTES", "cpu-1=0,t4-1=68719476736,a100-1=343597383680")]
    public async Task Nodes_OfAType_TellOneNumberForEach(string type, string expected)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("whole", TestEmulator.Gpu());
        await emulator.SubmitAsync("half", TestEmulator.Gpu(portion: 0.5));
        await emulator.AdvanceAsync(1);

        Assert.Equal(expected.Split(','), Values(await emulator.GetAsync($"/api/v1/nodes/telemetry?telemetryType={type}&groupBy=Node")));
    }

    [Fact]
    public async Task Nodes_GroupedByTwoAndFiltered_TellTheSumOfEachGroup()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal([$"{TestEmulator.Cluster}/default=4", $"{TestEmulator.Cluster}/a100=8"], Values(
            await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=TOTAL_GPUS&groupBy=ClusterId,Nodepool")));
        Assert.Equal(["=12"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=TOTAL_GPUS")));
        Assert.Equal(["=8"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=TOTAL_GPUS&nodepoolName=a100")));
        Assert.Equal(["=0"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=TOTAL_GPUS&nodepoolName=none")));
    }

    [Fact]
    public async Task Nodes_UsedCores_AreThoseOfThePodsThatRun()
    {
        var seed = SmallWorld.Create() with
        {
            Timetable = new()
            {
                RunningSeconds = 60,
                Outcomes = [new() { Usage = new() { CpuCores = 1.25, Memory = "1Gi", GpuUtilization = 0 } }],
            },
        };
        await using var emulator = await TestEmulator.SimulateAsync(seed);
        await emulator.SubmitAsync("a", TestEmulator.Gpu(portion: 0.5));
        await emulator.SubmitAsync("b", TestEmulator.Gpu(portion: 0.5));
        await emulator.AdvanceAsync(5);

        Assert.Equal(["=2.5"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=USED_CPU_CORES")));
        Assert.Equal(["=2147483648"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=USED_CPU_MEMORY_BYTES")));
        Assert.Equal(["=1"], Values(await emulator.GetAsync("/api/v1/nodes/telemetry?telemetryType=IDLE_ALLOCATED_GPUS")));
    }

    [Fact]
    public async Task Projects_QuotaAndAllocation_AreThoseOfTheProjects()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("half", TestEmulator.Gpu(portion: 0.5, more: "\"preemptibility\":\"non-preemptible\""));
        await emulator.AdvanceAsync(1);

        Assert.Equal(
            ["1=4", "2=4"],
            Values(await emulator.GetAsync("/api/v1/org-unit/projects/telemetry?telemetryType=GPU_QUOTA&groupBy=NodepoolId")));
        Assert.Equal(
            ["1=0.5", "2=0"],
            Values(await emulator.GetAsync("/api/v1/org-unit/projects/telemetry?telemetryType=GPU_ALLOCATION&groupBy=NodepoolId")));
        Assert.Equal(["=0.5"], Values(
            await emulator.GetAsync("/api/v1/org-unit/projects/telemetry?telemetryType=GPU_ALLOCATION_NON_PREEMPTIBLE&nodepoolId=1")));
    }

    [Fact]
    public async Task Workloads_CountedAndByWaitingTime_AreThoseOfTheList()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("runs", TestEmulator.Gpu(2));
        await emulator.SubmitAsync("waits", TestEmulator.Gpu(4, more: "\"preemptibility\":\"non-preemptible\""));
        await emulator.AdvanceAsync(1);

        Assert.Equal(
            ["Running=1", "Pending=1"],
            Values(await emulator.GetAsync("/api/v1/workloads/telemetry?telemetryType=WORKLOADS_COUNT&groupBy=Phase")));
        Assert.Equal(["demo=2"], Values(
            await emulator.GetAsync("/api/v1/workloads/telemetry?telemetryType=GPU_ALLOCATION&groupBy=ProjectId"), "name"));
        Assert.Equal(["=1"], Values(
            await emulator.GetAsync("/api/v1/workloads/telemetry?telemetryType=WORKLOADS_COUNT&filterByPhases=Pending,Failed")));
        await emulator.AdvanceAsync(600);
        Assert.Equal(["5m-1h=1"], Values(await emulator.GetAsync("/api/v1/workloads/telemetry?telemetryType=PENDING_TIME_DISTRIBUTION")));
    }

    [Theory]
    [InlineData("/api/v1/nodes/telemetry?telemetryType=GPUS")]
    [InlineData("/api/v1/nodes/telemetry")]
    [InlineData("/api/v1/nodes/telemetry?telemetryType=FREE_GPUS&groupBy=Rack")]
    [InlineData("/api/v1/nodes/telemetry?telemetryType=FREE_GPUS&groupBy=ClusterId,Nodepool,Node")]
    [InlineData("/api/v1/workloads/telemetry?telemetryType=WORKLOADS_COUNT&filterByPhases=Sleeping")]
    public async Task Telemetry_AskedForWrongly_IsABadRequest(string path)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await emulator.Client.GetAsync(path)).StatusCode);
    }

    private static IEnumerable<string> Values(JsonNode telemetry, string label = "value") =>
        ((JsonArray)telemetry["values"]!).Select(value =>
            $"{string.Join('/', ((JsonArray)value!["groups"]!).Select(group => (string)group![label]!))}="
            + $"{decimal.Parse((string)value["value"]!, CultureInfo.InvariantCulture)}");
}
