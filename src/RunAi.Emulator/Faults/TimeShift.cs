using System.Globalization;
using System.Text.RegularExpressions;
using RunAi.Emulator.Api.Wire;

namespace RunAi.Emulator.Faults;

/// <summary>Moves every time in a text: what a server with a wrong clock would have written or understood.</summary>
internal static partial class TimeShift
{
    public static string Apply(string text, TimeSpan by) => Times().Replace(text, match =>
        DateTimeOffset.TryParse(match.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (time + by).UtcDateTime.ToString(WireTimeConverter.Format, CultureInfo.InvariantCulture)
            : match.Value);

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Times();
}
