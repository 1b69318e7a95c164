using System.Collections;
using CsCheck;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class StepSettingsMergeTests
{
    [Fact]
    public void MergedOver_OwnValues_WinAndTheRestIsInherited()
    {
        var own = new StepSettings { CpuCoreRequest = 2, Label = new Hashtable { ["stage"] = "train", ["team"] = "own" } };
        var defaults = new StepSettings
        {
            CpuCoreRequest = 8,
            CpuMemoryRequest = "8G",
            Label = new Hashtable { ["team"] = "vision", ["cost"] = "1" },
        };

        StepSettings merged = own.MergedOver(defaults);

        Assert.Equal(2, merged.CpuCoreRequest);
        Assert.Equal("8G", merged.CpuMemoryRequest);
        Assert.Equal(
            new SortedDictionary<string, string> { ["cost"] = "1", ["stage"] = "train", ["team"] = "own" },
            merged.Label);
        Assert.Equal(2, own.Label.Count);
    }

    [Fact]
    public void MergedOver_NoDefaults_IsACopy() => SettingsGen.Valid.Sample(settings =>
        Assert.All(StepSettingsSchema.Rows, row => Assert.Equal(settings[row.Name], settings.MergedOver(null)[row.Name])));

    [Fact]
    public void MergedOver_StepWithoutGpu_InheritsNoShareOfOne()
    {
        var defaults = new StepSettings { GpuDevicesRequest = 1, GpuPortionRequest = 0.5, GpuRequestType = "portion", GpuPortionLimit = 1 };
        StepSettings merged = new StepSettings { GpuDevicesRequest = 0 }.MergedOver(defaults);
        Assert.Equal(["GpuDevicesRequest"], merged.ToDictionary().Keys.Cast<string>());
    }

    [Fact]
    public void MergedOver_StepInMemory_InheritsNoPortion()
    {
        var defaults = new StepSettings { GpuPortionRequest = 0.5, GpuMemoryLimit = "16G" };
        StepSettings merged = new StepSettings { GpuRequestType = "memory", GpuMemoryRequest = "8G" }.MergedOver(defaults);
        Assert.Null(merged.GpuPortionRequest);
        Assert.Equal("16G", merged.GpuMemoryLimit);
    }

    [Fact]
    public void MergedOver_StepInPortions_InheritsNoMemory()
    {
        var defaults = new StepSettings { GpuRequestType = "memory", GpuMemoryRequest = "8G" };
        StepSettings merged = new StepSettings { GpuPortionRequest = 0.5 }.MergedOver(defaults);
        Assert.Equal(["GpuPortionRequest"], merged.ToDictionary().Keys.Cast<string>());
    }

    [Fact]
    public void MergedOver_StepOverridesAmountOfMemory_InheritsTheType()
    {
        var defaults = new StepSettings { GpuRequestType = "memory", GpuMemoryRequest = "8G" };
        StepSettings merged = new StepSettings { GpuMemoryRequest = "16G" }.MergedOver(defaults);
        Assert.Equal("memory", merged.GpuRequestType);
        Assert.Equal("16G", merged.GpuMemoryRequest);
    }
}
