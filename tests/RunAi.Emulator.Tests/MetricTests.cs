using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class MetricTests
{
    private const string Range = "start=2026-01-02T03:04:05Z&end=2026-01-02T03:05:05Z&numberOfSamples=6";

    [Fact]
    public async Task Metrics_OfAWorkload_FollowItsTimelineWithGapsBeforeAndAfter()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(new()
        {
            GpuUtilization = 80,
            GpuIdleSeconds = 15,
            GpuMemory = "6Gi",
            CpuCores = 1.5,
            Memory = "3Gi",
        }));
        var id = await emulator.SubmitAsync("steady", TestEmulator.Gpu(portion: 0.5));
        await emulator.AdvanceAsync(60);

        // It runs from 0.5 s to 40.5 s: samples at 10, 20, 30 and 40 s see it, those at 50 and 60 s do not.
        Assert.Equal(["10=0", "20=80", "30=80", "40=80"], await SeriesAsync(emulator, id, "GPU_UTILIZATION"));
        Assert.Equal(
            ["10=6442450944", "20=6442450944", "30=6442450944", "40=6442450944"],
            await SeriesAsync(emulator, id, "GPU_MEMORY_USAGE_BYTES"));
        Assert.Equal(
            ["10=8589934592", "20=8589934592", "30=8589934592", "40=8589934592"],
            await SeriesAsync(emulator, id, "GPU_MEMORY_REQUEST_BYTES"));
        Assert.Equal(["10=1.5", "20=1.5", "30=1.5", "40=1.5"], await SeriesAsync(emulator, id, "CPU_USAGE_CORES"));
        Assert.Equal(["10=0.5", "20=0.5", "30=0.5", "40=0.5"], await SeriesAsync(emulator, id, "GPU_ALLOCATION"));
        Assert.Equal(["10=1", "20=1", "30=1", "40=1", "50=0", "60=0"], await SeriesAsync(emulator, id, "RUNNING_POD_COUNT"));
        Assert.Empty(await SeriesAsync(emulator, id, "CPU_LIMIT_CORES"));
        Assert.Empty(await SeriesAsync(emulator, id, "NIM_NUM_REQUESTS_RUNNING"));
    }

    [Fact]
    public async Task Metrics_ThatNobodyDescribed_AreTheSameAtEachLookAndWithinWhatWasGranted()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(null));
        var id = await emulator.SubmitAsync(
            "free",
            """{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.5,"cpuCoreRequest":2,"cpuMemoryRequest":"4Gi"}}""");
        await emulator.AdvanceAsync(60);

        var first = await SeriesAsync(emulator, id, "GPU_UTILIZATION");
        Assert.Equal(first, await SeriesAsync(emulator, id, "GPU_UTILIZATION"));
        Assert.All(Numbers(first), number => Assert.InRange(number, 50, 100));
        Assert.All(Numbers(await SeriesAsync(emulator, id, "GPU_MEMORY_USAGE_BYTES")), number => Assert.InRange(number, 1, 8589934592));
        Assert.All(Numbers(await SeriesAsync(emulator, id, "CPU_USAGE_CORES")), number => Assert.InRange(number, 0.5, 2));
        Assert.All(Numbers(await SeriesAsync(emulator, id, "CPU_MEMORY_USAGE_BYTES")), number => Assert.InRange(number, 1, 4294967296));
    }

    [Fact]
    public async Task Metrics_OfAPod_ComeOnceForEachDevice()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(new() { GpuUtilization = 50 }));
        var id = await emulator.SubmitAsync("pair", TestEmulator.Gpu(2));
        await emulator.AdvanceAsync(60);
        var pod = (string)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]![0]!["id"]!;

        var answer = await emulator.GetAsync(
            $"/api/v1/workloads/{id}/pods/"
            + $"{pod}/metrics?metricType=GPU_UTILIZATION_PER_GPU,GPU_SM_ACTIVITY_PER_GPU,GPU_UTILIZATION,CPU_USAGE_CORES&{Range}");

        var rows = ((JsonArray)answer["measurements"]!)
            .Select(row => $"{row!["type"]} {row["labels"]?["gpu"]} {row["values"]![0]!["value"]}").ToList();
        Assert.Equal(
            [
                "GPU_UTILIZATION_PER_GPU 0 50", "GPU_UTILIZATION_PER_GPU 1 50", "GPU_SM_ACTIVITY_PER_GPU 0 40",
                "GPU_SM_ACTIVITY_PER_GPU 1 40", "GPU_UTILIZATION  50",
            ],
            rows.Take(5));
        Assert.StartsWith("CPU_USAGE_CORES ", rows[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ThatTheStoreHasLost_AreLeftOutWith207()
    {
        await using var emulator = await TestEmulator.SimulateAsync(World(new() { Missing = ["GPU_UTILIZATION"] }));
        var id = await emulator.SubmitAsync("lossy", TestEmulator.Gpu());
        await emulator.AdvanceAsync(60);

        var answer = await emulator.Client.GetAsync($"/api/v1/workloads/{id}/metrics?metricType=GPU_UTILIZATION,POD_COUNT&{Range}");
        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("POD_COUNT", (string?)Assert.Single((JsonArray)body["measurements"]!)!["type"]);

        Assert.Equal(
            HttpStatusCode.OK, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}/metrics?metricType=POD_COUNT&{Range}")).StatusCode);
    }

    [Theory]
    [InlineData("metricType=GPU_HEAT&" + Range)]
    [InlineData(Range)]
    [InlineData("metricType=POD_COUNT&start=2026-01-02T03:04:05Z")]
    [InlineData("metricType=POD_COUNT&start=2026-01-02T03:04:05Z&end=2026-01-02T03:04:05Z")]
    [InlineData("metricType=POD_COUNT&start=yesterday&end=2026-01-02T03:04:05Z")]
    [InlineData("metricType=POD_COUNT&start=2026-01-02T03:04:05Z&end=2026-01-02T03:05:05Z&numberOfSamples=1001")]
    public async Task Metrics_AskedForWrongly_AreABadRequest(string query)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");

        Assert.Equal(HttpStatusCode.BadRequest, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}/metrics?{query}")).StatusCode);
    }

    private static Seed World(SeedUsage? usage) => SmallWorld.Create() with
    {
        Timetable = new() { RunningSeconds = 40, Outcomes = [new() { Usage = usage }] },
    };

    /// <summary>Each sample as the second after the emulator's start and its value.</summary>
    private static async Task<List<string>> SeriesAsync(TestEmulator emulator, string id, string type)
    {
        var answer = await emulator.GetAsync($"/api/v1/workloads/{id}/metrics?metricType={type}&{Range}");
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return [.. ((JsonArray)Assert.Single((JsonArray)answer["measurements"]!)!["values"]!).Select(sample =>
            $"{(DateTimeOffset.Parse((string)sample!["timestamp"]!, CultureInfo.InvariantCulture) - start).TotalSeconds:0}="
            + $"{sample["value"]}")];
    }

    private static IEnumerable<double> Numbers(IEnumerable<string> samples) =>
        samples.Select(sample => double.Parse(sample.Split('=')[1], CultureInfo.InvariantCulture));
}
