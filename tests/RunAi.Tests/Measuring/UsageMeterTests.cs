using RunAi.Measuring;
using RunAi.Operators;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Measuring;

public sealed class UsageMeterTests : IDisposable
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string Root = "GET /api/v1/workloads/" + Id;
    private readonly ControlPlaneFixture _f = new();
    private readonly UsageMeter _meter;
    private string _compute = "";

    public UsageMeterTests()
    {
        _meter = new UsageMeter(
            new StepOperatorConnection(new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl }, _f.Client));
        _f.Wire.On(Root, 200, $$"""
            {"id":"{{Id}}","name":"train","phase":"Completed","createdAt":"2026-01-01T00:00:00Z","completedAt":"2026-01-01T01:00:00Z","totalRunningTimeSeconds":3000,
             "workloadRequestedResources":{"gpu":{"request":0.5},"cpu":{"request":2},"cpuMemory":{"request":"4Gi"} } }
            """);
        Training("""{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.5}""");
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Usage_OfOnePod_IsThatOfTheWorkload()
    {
        Metrics("", 200, ("GPU_UTILIZATION", "0,0.5,80,NaN"), ("GPU_ALLOCATION", "0.5,0.5,0.5,0.5"), (
            "GPU_MEMORY_REQUEST_BYTES", "8000000000,8000000000,8000000000,8000000000"),
            ("GPU_MEMORY_USAGE_BYTES", "0,1000000000,4000000000,2000000000"), ("CPU_USAGE_CORES", "0.5,1,1.5,1"),
            ("CPU_MEMORY_USAGE_BYTES", "1000000000,2000000000,1000000000,1000000000"));
        Pods(1);

        var usage = await _meter.MeasureAsync(Id, 4, default);

        Assert.Equal(
            ("train", "Completed", TimeSpan.FromSeconds(3000), 0.5, 4),
            (usage.Name, usage.Phase, usage.RunningTime, usage.GpuRequested, usage.Samples));
        Assert.Equal(0.5, usage.GpuHours!.Value, 6);
        Assert.Equal(2 / 3.0, usage.GpuIdleShare!.Value, 6);
        Assert.Equal((80.0, 8_000_000_000, 4_000_000_000), (usage.GpuUtilizationPeak, usage.GpuMemoryRequested, usage.GpuMemoryPeak));
        Assert.Equal((2.0, 1.0, 1.5), (usage.CpuRequested, usage.CpuMean, usage.CpuPeak));
        Assert.Equal((4294967296, 2_000_000_000), (usage.MemoryRequested, usage.MemoryPeak));
        Assert.Empty(usage.Missing);
        Assert.Equal(4, usage.SeriesText.Split('\n').Length);
        Assert.Matches("GPU_UTILIZATION +▁[▁▇ ]+ 0% / 26.83% / 80%", usage.SeriesText);
        // A device has 16 GB; 4 GB and a fifth are 0.3 of it, and it was 80% busy.
        Assert.Equal((1, 0.8, 1.8, "2304Mi"), (
            usage.SuggestedSettings.GpuDevicesRequest, usage.SuggestedSettings.GpuPortionRequest, usage.SuggestedSettings.CpuCoreRequest,
            usage.SuggestedSettings.CpuMemoryRequest));
        Assert.Contains(
            "start=2026-01-01T00%3A00%3A00.000Z&end=2026-01-01T01%3A00%3A00.000Z&numberOfSamples=4",
            _f.Wire.SentTo(Root + "/metrics").Single().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_WhereMetricsAreLost_NamesThemAndSuggestsNothingOfThem()
    {
        Metrics("", 207, ("CPU_USAGE_CORES", "1,1"), ("GPU_UTILIZATION", ""));
        Pods(1);

        var usage = await _meter.MeasureAsync(Id, 2, default);

        Assert.Equal(
            ["GPU_UTILIZATION", "GPU_MEMORY_USAGE_BYTES", "GPU_MEMORY_REQUEST_BYTES", "GPU_ALLOCATION", "CPU_MEMORY_USAGE_BYTES"],
            usage.Missing);
        Assert.Equal((null, null, null), (usage.GpuIdleShare, usage.GpuMemoryPeak, usage.MemoryPeak));
        Assert.Equal(0.5 * 3000 / 3600, usage.GpuHours!.Value, 6);
        Assert.Equal(["CpuCoreRequest"], usage.SuggestedSettings.ToDictionary().Keys.Cast<string>());
        Assert.Contains("only in part (207)", Assert.Single(_f.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_OfSeveralPods_SuggestsForTheHungriestOne()
    {
        Training("""{"gpuDevicesRequest":2,"gpuPortionRequest":1}""");
        Metrics("", 200, ("GPU_UTILIZATION", "30"), ("GPU_MEMORY_USAGE_BYTES", "5000000000"), ("GPU_MEMORY_REQUEST_BYTES", "64000000000"),
            ("GPU_ALLOCATION", "4"), ("CPU_USAGE_CORES", "4"), ("CPU_MEMORY_USAGE_BYTES", "4000000000"));
        Pods(2);
        Metrics("/pods/p0", 200, ("GPU_UTILIZATION_PER_GPU", "20"), ("GPU_UTILIZATION_PER_GPU", "70"),
            ("GPU_MEMORY_USAGE_BYTES_PER_GPU", "4000000000"), ("CPU_USAGE_CORES", "1"), ("CPU_MEMORY_USAGE_BYTES", "1000000000"));
        Metrics(
            "/pods/p1", 200, ("GPU_UTILIZATION_PER_GPU", "10"), ("GPU_MEMORY_USAGE_BYTES_PER_GPU", "1000000000"), ("CPU_USAGE_CORES", "3"),
            ("CPU_MEMORY_USAGE_BYTES", "3000000000"));

        var settings = (await _meter.MeasureAsync(Id, 1, default)).SuggestedSettings;

        Assert.Equal(
            (2, 0.7, 3.6, "3456Mi"),
            (settings.GpuDevicesRequest, settings.GpuPortionRequest, settings.CpuCoreRequest, settings.CpuMemoryRequest));
    }

    [Fact]
    public async Task Usage_OfPodsThatAreTooMany_SuggestsNothingAndSaysWhy()
    {
        Metrics("", 200, ("CPU_USAGE_CORES", "4"));
        Pods(33);

        var usage = await _meter.MeasureAsync(Id, 1, default);

        Assert.Empty(usage.SuggestedSettings.ToDictionary());
        Assert.Contains("too many to be read one by one", Assert.Single(usage.Reasons), StringComparison.Ordinal);
    }

    private void Training(string compute)
    {
        _compute = compute;
        _f.Wire.On($"GET /api/v1/workloads/trainings/{Id}", _ => Task.FromResult(
            FakeControlPlane.Answer(200, $$"""{"workloadId":"{{Id}}","spec":{"compute":{{_compute}} } }""")));
    }

    private void Pods(int count) => _f.Wire.On(
        Root + "/pods", 200, $$"""{"pods":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"id":"p{{i}}"}"""))}}]}""");

    private void Metrics(string place, int status, params (string Type, string Values)[] series) =>
        _f.Wire.On(Root + place + "/metrics", status, $$"""
        {"measurements":[{{string.Join(",", series.Select(item => $$"""{"type":"{{item.Type}}","values":{{(item.Values.Length == 0 ? "null" : $"[{string.Join(",", item.Values.Split(',').Select(Sample))}]")}}}"""))}}]}
        """);

    private static string Sample(string value, int index) => FormattableString.Invariant(
        $$"""{"value":"{{value}}","timestamp":"2026-01-01T00:{{15 * index % 60:00}}:00Z"}""");
}
