using CsCheck;
using RunAi.Measuring;

namespace RunAi.Tests.Measuring;

public class SettingsAdvisorTests
{
    private const double Gibibyte = 1024d * 1024 * 1024;

    [Fact]
    public void Advise_AFractionOfADevice_IsThePeakAndAFifthRoundedUp()
    {
        var (settings, reasons) = SettingsAdvisor.Advise(
            new PodRequest { GpuDevices = 1 }, new PodPeaks(20, 6 * Gibibyte, 1.5, 3 * Gibibyte), 16 * Gibibyte, 100);

        Assert.Equal(
            (1, 0.45, 1.8, "3712Mi"),
            (settings.GpuDevicesRequest, settings.GpuPortionRequest, settings.CpuCoreRequest, settings.CpuMemoryRequest));
        Assert.Equal(3, reasons.Count);
        Assert.Contains("6.44 GB of 17.18 GB", reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_ABusyDevice_IsNotCutBelowItsUtilisation() => Assert.Equal(0.85, SettingsAdvisor.Advise(
        new PodRequest { GpuDevices = 2 }, new PodPeaks(83, Gibibyte, null, null), 16 * Gibibyte, 100).Settings.GpuPortionRequest);

    [Fact]
    public void Advise_GpusByMemory_IsMemory()
    {
        var (settings, _) = SettingsAdvisor.Advise(
            new PodRequest { GpuDevices = 1, ByGpuMemory = true }, new PodPeaks(50, 2 * Gibibyte, null, null), null, 100);

        Assert.Equal(("memory", "2560Mi", null), (settings.GpuRequestType, settings.GpuMemoryRequest, settings.GpuPortionRequest));
    }

    [Theory]
    [InlineData(100, 0)]
    [InlineData(9, null)]
    public void Advise_AGpuThatWasNeverUsed_IsNoneWhenThatIsSure(int samples, int? devices) => Assert.Equal(devices, SettingsAdvisor.Advise(
        new PodRequest { GpuDevices = 1 }, new PodPeaks(0, 0, 1, 1), 16 * Gibibyte, samples).Settings.GpuDevicesRequest);

    [Fact]
    public void Advise_MemoryNearItsLimit_IsHalfAsMuchAgain() => Assert.Equal("1536Mi", SettingsAdvisor.Advise(
        new PodRequest { MemoryLimit = Gibibyte }, new PodPeaks(null, null, null, Gibibyte), null, 100).Settings.CpuMemoryRequest);

    [Fact]
    public void Advise_WhatWasNotMeasured_IsNotSet()
    {
        var (settings, reasons) = SettingsAdvisor.Advise(
            new PodRequest { GpuDevices = 1 }, new PodPeaks(50, null, null, null), 16 * Gibibyte, 100);

        Assert.Empty(settings.ToDictionary());
        Assert.Empty(reasons);
    }

    [Fact]
    public void Advise_Always_GivesValidSettingsThatAreNotBelowWhatWasSeen()
    {
        var device = Gen.Double[1, 80];
        var gen = Gen.Select(Gen.Int[1, 8], Gen.Double[0, 100], Gen.Double[0, 1], device, Gen.Double[0, 64], Gen.Double[0, 512], Gen.Bool);

        gen.Sample((devices, busy, share, gibibytes, cores, memory, byMemory) =>
        {
            var (size, used) = (gibibytes * Gibibyte, share * gibibytes * Gibibyte);
            var (settings, _) = SettingsAdvisor.Advise(
                new PodRequest { GpuDevices = byMemory ? 1 : devices, ByGpuMemory = byMemory },
                new PodPeaks(busy, used, cores, memory * Gibibyte), size, 1);
            var again = StepSettings.FromDictionary(settings.ToDictionary());
            Assert.Equal(settings.ToDictionary(), again.ToDictionary());
            Assert.True(settings.CpuCoreRequest >= cores);
            Assert.True(PodRequest.Bytes(settings.CpuMemoryRequest) >= memory * Gibibyte);
            if (byMemory)
            {
                Assert.True(settings.GpuMemoryRequest is null || PodRequest.Bytes(settings.GpuMemoryRequest) >= used);
            }
            else if (settings.GpuPortionRequest is { } portion)
            {
                Assert.InRange(portion, 0.05, 1);
                Assert.True(portion * size >= used * 0.999999 && portion * 100 >= busy * 0.999999);
                Assert.Equal(devices, settings.GpuDevicesRequest);
            }
        }, iter: 5_000);
    }
}
