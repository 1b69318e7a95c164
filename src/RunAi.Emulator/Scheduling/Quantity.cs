using System.Globalization;

namespace RunAi.Emulator.Scheduling;

/// <summary>Kubernetes quantities: a number with a decimal (k, M, G ...) or binary (Ki, Mi, Gi ...) suffix.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, decimal> Suffixes = new()
    {
        [""] = 1,
        ["n"] = 1e-9m,
        ["u"] = 1e-6m,
        ["m"] = 1e-3m,
        ["k"] = 1e3m,
        ["K"] = 1e3m,
        ["M"] = 1e6m,
        ["G"] = 1e9m,
        ["T"] = 1e12m,
        ["P"] = 1e15m,
        ["E"] = 1e18m,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
    };

    public static bool TryParse(string? text, out decimal value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '+'))
        {
            end++;
        }

        if (!decimal.TryParse(
                text[..end], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        return Scale(text[end..], out var factor) && TryMultiply(number, factor, out value);
    }

    /// <summary>Bytes as a quantity with the largest binary suffix that divides them.</summary>
    public static string Format(decimal bytes)
    {
        foreach (var suffix in new[] { "Ti", "Gi", "Mi", "Ki" })
        {
            if (bytes >= Suffixes[suffix] && bytes % Suffixes[suffix] == 0)
            {
                return (bytes / Suffixes[suffix]).ToString("0", CultureInfo.InvariantCulture) + suffix;
            }
        }

        return bytes.ToString("0", CultureInfo.InvariantCulture);
    }

    private static bool Scale(string suffix, out decimal factor)
    {
        if (Suffixes.TryGetValue(suffix, out factor))
        {
            return true;
        }

        if (suffix[0] is not ('e' or 'E')
            || !int.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || exponent is < -18 or > 18)
        {
            return false;
        }

        factor = 1;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            factor = exponent > 0 ? factor * 10 : factor / 10;
        }

        return true;
    }

    private static bool TryMultiply(decimal number, decimal factor, out decimal value)
    {
        value = 0;
        if (number > decimal.MaxValue / Math.Max(factor, 1))
        {
            return false;
        }

        value = number * factor;
        return true;
    }
}
