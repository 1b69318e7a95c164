using System.Globalization;

namespace RunAi.Wording;

/// <summary>Times in messages: <c>2 d 03:04:05</c>, <c>03:04:05</c>, with fractions only below a minute.</summary>
internal static class Durations
{
    public static string Text(TimeSpan time)
    {
        var form = time.Duration() < TimeSpan.FromMinutes(1) && time.Milliseconds != 0 ? @"hh\:mm\:ss\.fff" : @"hh\:mm\:ss";
        var clock = time.ToString(form, CultureInfo.InvariantCulture);
        return time.Days != 0 ? $"{time.Days} d {clock}" : clock;
    }
}
