using Newtonsoft.Json.Linq;
using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>What the step runner and the record take from a step's guards.</summary>
public sealed class RunGuardsTests
{
    [Theory]
    [InlineData("""{"compute":{"gpuDevicesRequest":2}}""", 30)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.5}}""", 120)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"memory","gpuMemoryRequest":"4Gi"}}""", null)]
    [InlineData("""{"compute":{"gpuDevicesRequest":0}}""", null)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1},"parallelism":2}""", null)]
    [InlineData("""{"compute":{"gpuDevicesRequest":1},"numWorkers":2}""", null)]
    public void GpuTime_IsKnownOfOnePodWhoseShareIsAskedFor(string spec, int? minutes)
    {
        var guards = RunGuards.Of(new StepSettings { MaxGpuHours = 1 }, new JObject { ["spec"] = JObject.Parse(spec) });

        Assert.Equal((1.0, minutes), (guards!.MaxGpuHours, (int?)guards.GpuTime?.TotalMinutes));
    }

    [Fact]
    public void StepWithoutGuards_HasNone() => Assert.Null(RunGuards.Of(new StepSettings(), new JObject { ["spec"] = new JObject() }));
}
