using System.Globalization;

namespace RunAi.Wording;

/// <summary>Moments as people read them: in the zone of this machine, since logs and lists are.</summary>
internal static class Moments
{
    /// <summary>A moment in messages, such as <c>2026-11-29 14:02:31</c>; <c>never</c> for none.</summary>
    public static string Text(DateTimeOffset? moment) =>
        moment is { } known ? known.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "never";

    /// <summary>The time of day, such as <c>14:02:31</c>; empty for none.</summary>
    public static string TimeOfDay(DateTimeOffset? moment) =>
        moment is { } known ? known.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "";
}
