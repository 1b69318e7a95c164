using System.Collections;
using CsCheck;
using Newtonsoft.Json.Linq;

namespace RunAi.Tests.Steps;

public sealed class StepSettingsTests
{
    [Fact]
    public void FromDictionary_EitherSpellingInAnyCase_IsRead()
    {
        StepSettings settings = StepSettings.FromDictionary(new Hashtable
        {
            ["gpu_devices_request"] = 1,
            ["GPUPORTIONREQUEST"] = "0.5",
            ["CpuCoreRequest"] = 2,
            ["node_pools"] = "a100",
            ["labels"] = new Hashtable { ["team"] = "vision", ["tier"] = 1 },
            ["workload_timeout"] = 90,
            ["PendingTimeout"] = "00:10:00",
            ["termination_grace_period_seconds"] = TimeSpan.FromMinutes(1),
            ["LargeShmRequest"] = true,
            ["Preemptibility"] = "Non-Preemptible",
            ["WorkloadTemplateId"] = new Guid("550e8400-e29b-41d4-a716-446655440000"),
            ["Category"] = null,
        });

        Assert.Equal(1, settings.GpuDevicesRequest);
        Assert.Equal(0.5, settings.GpuPortionRequest);
        Assert.Equal(2.0, settings.CpuCoreRequest);
        Assert.Equal(["a100"], settings.NodePools!);
        Assert.Equal("1", settings.Label!["tier"]);
        Assert.Equal(TimeSpan.FromSeconds(90), settings.WorkloadTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.PendingTimeout);
        Assert.Equal(60, settings.TerminationGracePeriod);
        Assert.True(settings.LargeShmRequest);
        Assert.Equal("non-preemptible", settings.Preemptibility);
        Assert.Equal("550e8400-e29b-41d4-a716-446655440000", settings.WorkloadTemplateId);
        Assert.Null(settings.Category);
        Assert.Null(settings.BackoffLimit);
    }

    [Fact]
    public void FromDictionary_SeveralFaults_TellsThemAllAtOnce()
    {
        var failure = Assert.Throws<StepSettingsException>(() => StepSettings.FromDictionary(new Hashtable
        {
            ["GpuPortionRequests"] = 0.5,
            ["gpu_portion_request"] = 1.5,
            ["BackoffLimit"] = "many",
            ["CpuCoreLimit"] = -1,
        }));

        Assert.Equal(ErrorIds.InvalidStepSettings, failure.ErrorId);
        Assert.Equal(4, failure.Violations.Count);
        Assert.Contains(
            "GpuPortionRequests: is not a setting of a step. Did you mean GpuPortionRequest?", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "GpuPortionRequest: 1.5 is above 1. Ask for GpuDevicesRequest 2 to get more than one GPU.", failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("BackoffLimit: 'many' is not a whole number.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CpuCoreLimit: -1 is not above 0.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu_portion_requests", "Did you mean gpu_portion_request?")]
    [InlineData("NodePool", "Did you mean NodePools?")]
    [InlineData("Bananas", "Known are GpuDevicesRequest, ")]
    public void FromDictionary_UnknownKey_SaysWhatToWrite(string key, string expected) =>
        Assert.Contains(expected, OneViolation(new Hashtable { [key] = 1 }), StringComparison.Ordinal);

    [Fact]
    public void FromDictionary_BothSpellings_IsRefused()
    {
        var message = OneViolation(new Hashtable { ["BackoffLimit"] = 1, ["backoff_limit"] = 1 });
        Assert.StartsWith("BackoffLimit: is given twice", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GpuDevicesRequest", 1.5)]
    [InlineData("GpuDevicesRequest", true)]
    [InlineData("GpuDevicesRequest", 3_000_000_000L)]
    [InlineData("GpuPortionRequest", "0,5")]
    [InlineData("GpuPortionRequest", "NaN")]
    [InlineData("CpuCoreRequest", double.PositiveInfinity)]
    [InlineData("LargeShmRequest", "maybe")]
    [InlineData("TerminationGracePeriod", 1.5)]
    [InlineData("WorkloadTimeout", "soon")]
    [InlineData("WorkloadTimeout", "Infinity")]
    [InlineData("WorkloadTimeout", 0)]
    [InlineData("Label", "team=vision")]
    [InlineData("NodePools", new[] { "a", "a" })]
    [InlineData("NodePools", new string[0])]
    [InlineData("NodeType", "")]
    [InlineData("NodeType", new[] { "a" })]
    public void FromDictionary_WrongKindOfValue_IsOneViolationOfThatField(string key, object value) =>
        Assert.StartsWith(key + ": ", OneViolation(new Hashtable { [key] = value }), StringComparison.Ordinal);

    [Fact]
    public void ToDictionary_AnySettings_ComesBackTheSameThroughJson() => SettingsGen.Valid.Sample(settings =>
    {
        IDictionary stored = settings.ToDictionary();
        var json = JObject.FromObject(stored).ToString();
        StepSettings back = StepSettings.FromDictionary(JObject.Parse(json).ToObject<Dictionary<string, object>>()!);

        Assert.Equal(json, JObject.FromObject(back.ToDictionary()).ToString());
    });

    [Fact]
    public void ToDictionary_NothingSet_IsEmpty() => Assert.Empty(new StepSettings().ToDictionary());

    [Fact]
    public void Label_CallersTableChangedLater_IsNotChanged()
    {
        var table = new Hashtable { ["team"] = "vision" };
        var settings = new StepSettings { Label = table };
        table["team"] = "other";
        Assert.Equal("vision", settings.Label["team"]);
    }

    private static string OneViolation(IDictionary values) =>
        Assert.Single(Assert.Throws<StepSettingsException>(() => StepSettings.FromDictionary(values)).Violations).ToString();
}
