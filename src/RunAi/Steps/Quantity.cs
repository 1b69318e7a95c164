using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>
/// A Kubernetes quantity such as <c>4G</c>, <c>512Mi</c> or <c>1.5e3</c>, read by Kubernetes' own grammar and compared
/// exactly. The user's spelling is kept for the wire. Every quantity read here also fits the API's looser pattern.
/// </summary>
internal sealed class Quantity : IComparable<Quantity>
{
    private const int MostDigits = 64;
    private const int Nano = 9;
    private static readonly BigInteger Most = new(long.MaxValue);
    private static readonly Regex Grammar = new(
        @"\A\+?(?<whole>[0-9]*)(?:\.(?<fraction>[0-9]*))?(?:[eE](?<exponent>[+-]?[0-9]+)|(?<suffix>[KMGTPE]i|[numkMGTPE])?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private Quantity(string text, BigInteger mantissa, int exponent)
    {
        Text = text;
        _mantissa = mantissa;
        _exponent = exponent;
    }

    /// <summary>The quantity as the user spelled it.</summary>
    public string Text { get; }

    /// <summary>True when it is more than nothing.</summary>
    public bool IsPositive => _mantissa.Sign > 0;

    /// <summary>True when it is a whole number.</summary>
    public bool IsWhole => _exponent >= 0 || _mantissa % BigInteger.Pow(10, -_exponent) == 0;

    /// <summary>The amount as a number, to nine decimal places.</summary>
    public decimal Value
    {
        get
        {
            var places = Math.Max(-_exponent, Nano);
            var whole = BigInteger.DivRem(In(-places), BigInteger.Pow(10, places), out BigInteger rest);
            return (decimal)whole + ((decimal)(rest / BigInteger.Pow(10, places - Nano)) / (decimal)BigInteger.Pow(10, Nano));
        }
    }

    /// <summary>Spells a whole amount with the largest power of 1024 that divides it.</summary>
    public static string Of(decimal amount)
    {
        var suffixes = new[] { "", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" };
        var power = 0;
        while (amount != 0 && amount % 1024 == 0 && power < suffixes.Length - 1)
        {
            amount /= 1024;
            power++;
        }

        return amount.ToString("0", CultureInfo.InvariantCulture) + suffixes[power];
    }

    /// <summary>Reads a quantity. Zero passes, a negative amount does not: no setting takes one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Quantity? quantity, out string flaw)
    {
        quantity = null;
        flaw = $"'{text}' is not a Kubernetes quantity. Write a number and, directly behind it, one of "
            + "k M G T P E (powers of 1000) or Ki Mi Gi Ti Pi Ei (powers of 1024), such as 4G or 512Mi.";
        Match match = Grammar.Match(text);
        var whole = match.Groups["whole"].Value;
        var fraction = match.Groups["fraction"].Value;
        if (!match.Success || whole.Length + fraction.Length == 0)
        {
            return false;
        }

        flaw = $"'{text}' is more than a cluster can count (2^63 - 1), or has more than {MostDigits} digits.";
        var exponent = 0;
        if (match.Groups["exponent"].Success
            && (!int.TryParse(match.Groups["exponent"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is < -MostDigits or > MostDigits))
        {
            return false;
        }

        if (whole.Length + fraction.Length > MostDigits)
        {
            return false;
        }

        (var tens, var twos) = Scale(match.Groups["suffix"].Value);
        BigInteger mantissa = BigInteger.Parse(whole + fraction, CultureInfo.InvariantCulture) << twos;
        var read = new Quantity(text, mantissa, exponent + tens - fraction.Length);
        if (read.CompareTo(new Quantity("", Most, 0)) > 0)
        {
            return false;
        }

        quantity = read;
        flaw = "";
        return true;
    }

    /// <summary>The amount as the nearest floating-point number.</summary>
    public double ToDouble() => (double)_mantissa * Math.Pow(10, _exponent);

    /// <inheritdoc/>
    public int CompareTo(Quantity? other)
    {
        if (other is null)
        {
            return 1;
        }

        var finest = Math.Min(_exponent, other._exponent);
        return In(finest).CompareTo(other.In(finest));
    }

    private BigInteger In(int exponent) => _mantissa * BigInteger.Pow(10, _exponent - exponent);

    private static (int Tens, int Twos) Scale(string suffix) => suffix switch
    {
        "n" => (-9, 0),
        "u" => (-6, 0),
        "m" => (-3, 0),
        "" => (0, 0),
        "k" => (3, 0),
        "Ki" => (0, 10),
        _ => ("MGTPE".IndexOf(suffix[0]) is var power && suffix.Length == 1) ? (6 + (3 * power), 0) : (0, 20 + (10 * power)),
    };
}
