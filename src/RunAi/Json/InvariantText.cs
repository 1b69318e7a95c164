using System.Globalization;

namespace RunAi.Json;

/// <summary>Values as text, with the same characters in every culture and on every edition.</summary>
internal static class InvariantText
{
    /// <summary>The text of a value; empty for null.</summary>
    public static string Of(object? value) => value switch
    {
        double number => ShortestNumber.Text(number),
        float number => ShortestNumber.Text(number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
