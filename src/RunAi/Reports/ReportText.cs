using System.Globalization;
using RunAi.Wording;

namespace RunAi.Reports;

/// <summary>Numbers and times as a report writes them: in invariant culture, times in UTC. What is not known is a dash.</summary>
internal static class ReportText
{
    public const string Unknown = "–";

    public static string Time(DateTimeOffset? time) =>
        time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Unknown;

    public static string Duration(TimeSpan? time) =>
        time is { } known ? Durations.Text(TimeSpan.FromSeconds(Math.Max(0, Math.Floor(known.TotalSeconds)))) : Unknown;

    public static string Number(double? value, string format = "0.##") =>
        value is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : Unknown;

    public static string Count(int? value) => value is { } known ? known.ToString(CultureInfo.InvariantCulture) : Unknown;

    public static string Percent(double? value) => value is { } known ? $"{Number(known, "0.#")} %" : Unknown;

    /// <summary>Bytes in GB, a billion bytes; small ones in MB or KB.</summary>
    public static string Bytes(double? bytes) => bytes switch
    {
        null => Unknown,
        >= 1e8 => $"{Number(bytes / 1e9)} GB",
        >= 1e5 => $"{Number(bytes / 1e6)} MB",
        >= 1e3 => $"{Number(bytes / 1e3)} KB",
        _ => $"{Number(bytes, "0")} bytes",
    };

    /// <summary>A measured number with its unit.</summary>
    public static string Value(double? value, string unit) => unit switch
    {
        "%" => Percent(value),
        "bytes" => Bytes(value),
        _ => value is null ? Unknown : $"{Number(value)} {unit}".TrimEnd(),
    };

    /// <summary>The settings as a hashtable to copy into <c>-Settings</c>; null for none.</summary>
    public static string? Hashtable(StepSettings? settings)
    {
        string?[] entries = settings is null ? [] :
        [
            settings.GpuDevicesRequest is { } devices ? $"GpuDevicesRequest = {Number(devices)}" : null,
            settings.GpuRequestType is { } type ? $"GpuRequestType = '{type}'" : null,
            settings.GpuPortionRequest is { } portion ? $"GpuPortionRequest = {Number(portion)}" : null,
            settings.GpuMemoryRequest is { } gpuMemory ? $"GpuMemoryRequest = '{gpuMemory}'" : null,
            settings.CpuCoreRequest is { } cores ? $"CpuCoreRequest = {Number(cores)}" : null,
            settings.CpuMemoryRequest is { } memory ? $"CpuMemoryRequest = '{memory}'" : null,
        ];
        return entries.OfType<string>().ToArray() is { Length: > 0 } given ? $"@{{ {string.Join("; ", given)} }}" : null;
    }
}
