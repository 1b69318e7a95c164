using System.Globalization;

namespace RunAi.Preflight;

/// <summary>Tells amounts of memory in the unit that the user wrote, so that they can be compared at a glance.</summary>
internal static class MemorySize
{
    private const decimal Binary = 1024;
    private const decimal Thousand = 1000;
    private const string Powers = "KMGTPE";

    /// <summary>An amount in the unit of a text such as <c>20Gi</c> or <c>16G</c>; in gigabytes for a text without one.</summary>
    /// <param name="text">What the user wrote; null for nothing.</param>
    /// <param name="bytes">The amount.</param>
    public static string Like(string? text, decimal bytes)
    {
        var unit = (text ?? "").TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '+');
        var power = unit.Length == 0 ? -1 : Powers.IndexOf(char.ToUpperInvariant(unit[0]));
        if (power < 0)
        {
            return Number(bytes / (Thousand * Thousand * Thousand)) + " GB";
        }

        for (var i = 0; i <= power; i++)
        {
            bytes /= unit[unit.Length - 1] == 'i' ? Binary : Thousand;
        }

        return Number(bytes) + unit;
    }

    private static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
