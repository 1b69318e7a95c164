using System.Globalization;

namespace RunAi;

/// <summary>Numbers of GPUs as people read them.</summary>
internal static class GpuText
{
    /// <summary>What is held of what there is, for example <c>1.5/4</c>.</summary>
    public static string Use(double? held, double? all) => $"{Number(held)}/{Number(all)}";

    private static string Number(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "?";
}
