using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Wording;

/// <summary>Durations as people write and read them.</summary>
internal static class Durations
{
    private static readonly Regex Units = new(
        @"\A(?:(?<d>[0-9]+(?:\.[0-9]+)?)d)?(?:(?<h>[0-9]+(?:\.[0-9]+)?)h)?(?:(?<m>[0-9]+(?:\.[0-9]+)?)m)?(?:(?<s>[0-9]+(?:\.[0-9]+)?)s)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex Clock = new(
        @"\A-?(?<hours>[0-9]+)(?<rest>:[0-9]+(?::[0-9]+(?:\.[0-9]+)?)?)\z", RegexOptions.CultureInvariant);

    /// <summary>A duration in whole seconds; null for none.</summary>
    public static TimeSpan? Rounded(TimeSpan? time) => time is { } known ? TimeSpan.FromSeconds(Math.Round(known.TotalSeconds)) : null;

    /// <summary>A duration in messages: <c>2 d 03:04:05</c>, <c>03:04:05</c>, with fractions only below a minute.</summary>
    public static string Text(TimeSpan time)
    {
        var form = time.Duration() < TimeSpan.FromMinutes(1) && time.Milliseconds != 0 ? @"hh\:mm\:ss\.fff" : @"hh\:mm\:ss";
        var clock = time.ToString(form, CultureInfo.InvariantCulture);
        return time.Days != 0 ? $"{time.Days} d {clock}" : clock;
    }

    /// <summary>
    /// Reads a duration in invariant culture: a number of seconds, <c>90s</c>, <c>15m</c>, <c>24h</c>, <c>1d12h</c>, or .NET's
    /// <c>[d.]hh:mm[:ss[.fff]]</c>. .NET takes the hours of <c>24:00:00</c> for days, so 24 and more of them are refused.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="duration">The duration that was read.</param>
    /// <param name="flaw">What is wrong with the text, as a sentence that begins with it; empty when it was read.</param>
    public static bool TryRead(string text, out TimeSpan duration, out string flaw)
    {
        text = text.Trim();
        flaw = "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return TryFromSeconds(seconds, out duration, out flaw);
        }

        if (Units.Match(text) is { Success: true, Length: > 0 } units)
        {
            return TryFromSeconds(
                (((((Part(units, "d") * 24) + Part(units, "h")) * 60) + Part(units, "m")) * 60) + Part(units, "s"), out duration, out flaw);
        }

        if (Clock.Match(text) is { Success: true } clock
            && int.TryParse(clock.Groups["hours"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours >= 24)
        {
            duration = default;
            var withDays = FormattableString.Invariant($"{hours / 24}.{hours % 24:00}{clock.Groups["rest"].Value}");
            flaw = FormattableString.Invariant($"'{text}' would be {hours} days: .NET takes hours of 24 and more for days. ")
                + FormattableString.Invariant($"Write {hours}h or {withDays} for {hours} hours.");
            return false;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration))
        {
            return true;
        }

        flaw = $"'{text}' is not a duration. Write a number of seconds, a number with a unit such as 90s, 15m, 24h or 1d12h, or hh:mm:ss "
            + "such as 01:30:00.";
        return false;
    }

    /// <summary>A number of seconds as a duration, to the tick.</summary>
    public static bool TryFromSeconds(double seconds, out TimeSpan duration, out string flaw)
    {
        var fits = Math.Abs(seconds) <= TimeSpan.MaxValue.TotalSeconds / 2;
        duration = fits ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        flaw = fits ? "" : FormattableString.Invariant($"{seconds} is not a number of seconds below 4e11.");
        return fits;
    }

    private static double Part(Match units, string unit) => units.Groups[unit] is { Success: true } part
        ? double.Parse(part.Value, NumberStyles.Float, CultureInfo.InvariantCulture)
        : 0;
}
