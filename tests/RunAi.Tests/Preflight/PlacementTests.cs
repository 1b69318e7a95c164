using Newtonsoft.Json.Linq;
using RunAi.Preflight;

namespace RunAi.Tests.Preflight;

public sealed class PlacementTests
{
    private static readonly NodeCapacity Large = new("a", 8, 5, 40_000_000_000);
    private static readonly NodeCapacity Small = new("b", 4, 0.5m, 16_000_000_000);

    [Theory]
    [InlineData(
        1, 1, true, PlacementStanding.WithinQuota,
        "asks for 1 GPU; of the project's quota of 4 GPUs 2 are in use; 5.5 of 12 GPUs are free")]
    [InlineData(
        1, 0.5, true, PlacementStanding.WithinQuota,
        "asks for 0.5 GPUs; of the project's quota of 4 GPUs 2 are in use; 5.5 of 12 GPUs are free")]
    [InlineData(3, 1, true, PlacementStanding.OverQuota, "asks for 3 GPUs; of the project's quota of 4 GPUs 2 are in use, so it is over "
        + "quota and may be preempted; 5.5 of 12 GPUs are free")]
    [InlineData(
        6, 1, true, PlacementStanding.DoesNotFitNow,
        "asks for 6 GPUs; of the project's quota of 4 GPUs 2 are in use; no node has more than 5 free: it waits")]
    [InlineData(
        7, 1, true, PlacementStanding.DoesNotFitNow, "asks for 7 GPUs, and of the project's limit of 8 GPUs 2 are in use: it waits")]
    [InlineData(9, 1, true, PlacementStanding.NeverFits, "asks for 9 GPUs on one node, and no node has more than 8")]
    [InlineData(
        3, 1, false, PlacementStanding.WithinQuota,
        "asks for 3 GPUs; of the project's quota of 4 GPUs 1 is in use; 5.5 of 12 GPUs are free", 1, 1)]
    [InlineData(4, 1, false, PlacementStanding.OverQuota, "asks for 4 GPUs and is non-preemptible, and 1 of the project's quota of 4 GPUs "
        + "are held by such workloads: it waits until they end")]
    [InlineData(
        5, 1, false, PlacementStanding.NeverFits,
        "asks for 5 GPUs and is non-preemptible, which only quota can cover: the project's is 4 GPUs")]
    [InlineData(0, 1, true, PlacementStanding.WithinQuota, "asks for no GPU")]
    public void Of_ARequest_TellsHowItStandsWithTheNumbers(
        int devices, double portion, bool preemptible, PlacementStanding standing, string message, int allocated = 2,
        int nonPreemptible = 1)
    {
        var placement = Placement.Of(new GpuRequest(devices, (decimal)portion, null, 1), preemptible, new PoolCapacity(
            "p", 4, 8, allocated, nonPreemptible, [Large, Small]));
        Assert.Equal((standing, message), (placement.Standing, placement.Message));
    }

    [Fact]
    public void Of_MoreMemoryThanAnyGpuHas_NeverFits()
    {
        var placement = Placement.Of(
            new GpuRequest(1, null, 80_000_000_000, 1), true, new PoolCapacity("p", 4, null, 0, 0, [Large, Small]));
        Assert.Equal((PlacementStanding.NeverFits, "GpuMemoryRequest"), (placement.Standing, placement.Field));
        Assert.Equal("asks for 80 GB of a GPU's memory, and no GPU has more than 40 GB", placement.Message);
    }

    [Fact]
    public void Of_MoreThanTheLimit_NeverFits() => Assert.Equal(
        "asks for 6 GPUs, more than the project's limit of 5 GPUs",
        Placement.Of(new GpuRequest(2, 1, null, 3), true, new PoolCapacity("p", 4, 5, 0, 0, [Large])).Message);

    [Fact]
    public void Of_APoolWithoutNodes_NeverFits() =>
        Assert.Equal(
            PlacementStanding.NeverFits,
            Placement.Of(new GpuRequest(0, 1, null, 1), true, new PoolCapacity("p", 4, null, 0, 0, [])).Standing);

    [Fact]
    public void Of_WhereNodesAreNotKnown_JudgesByQuotaAlone() => Assert.Equal(
        (
            PlacementStanding.OverQuota,
            "asks for 99 GPUs; of the project's quota of 1 GPU 0 are in use, so it is over quota and may be preempted"),
        Placement.Of(new GpuRequest(99, 1, null, 1), true, new PoolCapacity("p", 1, null, 0, 0, null)) is var placement
            ? (placement.Standing, placement.Message)
            : default);

    [Theory]
    [InlineData("""{"compute":{"gpuDevicesRequest":2}}""", 2)]
    [InlineData("""{"compute":{"gpuPortionRequest":0.25,"gpuRequestType":"portion"},"parallelism":3}""", 0.75)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"memory","gpuMemoryRequest":"10G"}}""", 0.25)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1},"numWorkers":4}""", 4)]
    [InlineData("{}", 0)]
    public void Total_OfASpec_IsInWholeGpus(string spec, double total) =>
        Assert.Equal((decimal)total, GpuRequest.Of(JObject.Parse(spec)).Total(40_000_000_000));

    [Fact]
    public void Total_CountsTheMaster() =>
        Assert.Equal(5, (GpuRequest.Of(JObject.Parse("""{"compute":{"gpuDevicesRequest":2},"numWorkers":2}""")) with
        {
            Others = [GpuRequest.Of(JObject.Parse("""{"compute":{"gpuDevicesRequest":1}}"""))],
        }).Total(null));
}
