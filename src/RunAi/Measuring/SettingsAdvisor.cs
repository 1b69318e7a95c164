using System.Globalization;

namespace RunAi.Measuring;

/// <summary>
/// Says what to ask for next time. The rule: the most that was seen in one pod and 20 percent, rounded up to a step; half as much
/// again for main memory that came within 5 percent of its limit, since more may have been wanted. A portion of a GPU is at least
/// the share of the device that was busy: computing is shared by portions too. Never less than what was seen; nothing where nothing
/// was measured.
/// </summary>
internal sealed class SettingsAdvisor
{
    private const double Headroom = 1.2;
    private const double Squeezed = 1.5;
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Fewer moments say too little to do without a GPU.</summary>
    private const int EnoughToBeSure = 10;

    private readonly List<string> _reasons = [];
    private readonly StepSettings _settings = new();

    private SettingsAdvisor()
    {
    }

    /// <summary>The settings, and a line on what each rests on.</summary>
    /// <param name="request">What each pod asked for.</param>
    /// <param name="peaks">The most that one pod was seen to use.</param>
    /// <param name="deviceMemory">Bytes of one whole device; null when that is not known.</param>
    /// <param name="samples">How many moments were looked at.</param>
    public static (StepSettings Settings, IReadOnlyList<string> Reasons) Advise(
        PodRequest request, PodPeaks peaks, double? deviceMemory, int samples)
    {
        var advisor = new SettingsAdvisor();
        advisor.AdviseGpu(request, peaks, deviceMemory, samples);
        advisor.AdviseCpu(peaks.Cpu);
        advisor.AdviseMemory(peaks.Memory, request.MemoryLimit);
        return (advisor._settings, advisor._reasons);
    }

    private void AdviseGpu(PodRequest request, PodPeaks peaks, double? deviceMemory, int samples)
    {
        if (request.GpuDevices == 0 || peaks.GpuMemory is not { } memory || peaks.GpuUtilization is not { } busy)
        {
            return;
        }

        if (memory == 0 && busy == 0)
        {
            if (samples >= EnoughToBeSure)
            {
                _settings.GpuDevicesRequest = 0;
                Because($"no GPU: in {samples} moments none was used");
            }

            return;
        }

        _settings.GpuDevicesRequest = request.GpuDevices;
        if (request.ByGpuMemory)
        {
            _settings.GpuRequestType = "memory";
            _settings.GpuMemoryRequest = Mebibytes(memory * Headroom, 256);
            Because($"GPU memory {_settings.GpuMemoryRequest}: {Gigabytes(memory)} were seen in use on a device");
        }
        else if (deviceMemory is > 0 and var device)
        {
            var needed = Math.Max(memory * Headroom / device, busy / 100);
            _settings.GpuPortionRequest = Math.Min(1, Math.Max(0.05, RoundUp(needed, 0.05)));
            Because($"GPU portion {Text(_settings.GpuPortionRequest.Value)}: {Gigabytes(memory)} of {Gigabytes(device)} were in use on a "
                + $"device, which was {Text(busy)}% busy at most");
        }
    }

    private void AdviseCpu(double? peak)
    {
        if (peak is { } cores)
        {
            _settings.CpuCoreRequest = Math.Max(0.1, RoundUp(cores * Headroom, 0.1));
            Because($"CPU cores {Text(_settings.CpuCoreRequest.Value)}: {Text(cores)} were seen in use");
        }
    }

    private void AdviseMemory(double? peak, double? limit)
    {
        if (peak is { } bytes)
        {
            var isSqueezed = bytes >= 0.95 * limit;
            _settings.CpuMemoryRequest = Mebibytes(bytes * (isSqueezed ? Squeezed : Headroom), 64);
            Because($"memory {_settings.CpuMemoryRequest}: {Gigabytes(bytes)} were seen in "
                + $"use{(isSqueezed ? ", nearly all that the limit allows" : "")}");
        }
    }

    private void Because(string reason) => _reasons.Add(reason);

    private static string Mebibytes(double bytes, int step) =>
        Math.Max(step, RoundUp(bytes / Mebibyte, step)).ToString("0", CultureInfo.InvariantCulture) + "Mi";

    /// <summary>Up to the next step; decimal, so that 0.3 stays 0.3.</summary>
    private static double RoundUp(double value, double step) => (double)(Math.Ceiling((decimal)value / (decimal)step) * (decimal)step);

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB";

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
