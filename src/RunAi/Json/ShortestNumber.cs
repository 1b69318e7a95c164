using System.Globalization;
using System.Numerics;

namespace RunAi.Json;

/// <summary>
/// Binary floating-point numbers as .NET 10 writes them: the shortest digits that are read back as the same number, the nearest of those.
/// .NET Framework writes 15 or 17 digits, and the digests of runs would differ. After Steele and White, "How to print floating-point
/// numbers accurately" (1990), in exact arithmetic.
/// </summary>
internal static class ShortestNumber
{
    /// <summary>The power of ten below which an exponent is written.</summary>
    private const int SmallestPlain = -4;

    public static string Text(double value)
    {
        const int FractionBits = 52;
        var bits = BitConverter.DoubleToInt64Bits(value);
        return double.IsNaN(value) || double.IsInfinity(value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : Text(bits < 0, bits & ((1L << FractionBits) - 1), (int)(bits >> FractionBits) & 0x7FF, FractionBits, 1075, mostPlain: 17);
    }

    public static string Text(float value)
    {
        const int FractionBits = 23;
        var bits = BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
        return float.IsNaN(value) || float.IsInfinity(value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : Text(bits < 0, bits & ((1L << FractionBits) - 1), (bits >> FractionBits) & 0xFF, FractionBits, 150, mostPlain: 9);
    }

    private static string Text(bool negative, long fraction, int exponent, int fractionBits, int bias, int mostPlain)
    {
        if (fraction == 0 && exponent == 0)
        {
            return negative ? "-0" : "0";
        }

        var mantissa = exponent == 0 ? fraction : fraction | (1L << fractionBits);
        var (digits, place) = Digits(mantissa, Math.Max(exponent, 1) - bias, nearerBelow: fraction == 0 && exponent > 1);
        return (negative ? "-" : "") + Layout(digits, place, mostPlain);
    }

    /// <summary>The digits of mantissa * 2^exponent, and the power of ten of the first.</summary>
    private static (string Digits, int Place) Digits(long mantissa, int exponent, bool nearerBelow)
    {
        // The number is rest / scale; half the way to its neighbours is below / scale and above / scale.
        var unit = nearerBelow ? 2 : 1;
        BigInteger rest = mantissa * (BigInteger)(2 * unit), scale = 2 * unit, above = unit, below = BigInteger.One;
        var power = BigInteger.One << Math.Abs(exponent);
        if (exponent >= 0)
        {
            (rest, above, below) = (rest * power, above * power, below * power);
        }
        else
        {
            scale *= power;
        }

        var place = 0;
        for (; rest >= scale * 10; place++)
        {
            scale *= 10;
        }

        for (; rest < scale; place--)
        {
            (rest, above, below) = (rest * 10, above * 10, below * 10);
        }

        // A number half the way to a neighbour is read as the one with the even mantissa.
        var isEven = mantissa % 2 == 0;
        bool IsHigh(BigInteger limit) => rest + above > limit || (isEven && rest + above == limit);

        // Rounded up, the number may have one digit more.
        if (IsHigh(scale * 10))
        {
            scale *= 10;
            place++;
        }

        var digits = "";
        while (true)
        {
            var digit = (int)BigInteger.DivRem(rest, scale, out rest);
            var (low, high) = (rest < below || (isEven && rest == below), IsHigh(scale));
            if (!low && !high)
            {
                digits += (char)('0' + digit);
                (rest, above, below) = (rest * 10, above * 10, below * 10);
                continue;
            }

            // In the middle the even digit counts.
            var half = (rest * 2).CompareTo(scale);
            var up = low && high ? half > 0 || (half == 0 && digit % 2 == 1) : high;
            return (digits + (char)('0' + digit + (up ? 1 : 0)), place);
        }
    }

    private static string Layout(string digits, int place, int mostPlain)
    {
        if (place >= mostPlain || place < SmallestPlain)
        {
            var sign = place < 0 ? '-' : '+';
            return $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.Substring(1)}E{sign}"
                + $"{Math.Abs(place).ToString("00", CultureInfo.InvariantCulture)}";
        }

        return place < 0 ? $"0.{new string('0', -place - 1)}{digits}"
            : digits.Length <= place + 1 ? digits.PadRight(place + 1, '0')
            : digits.Insert(place + 1, ".");
    }
}
