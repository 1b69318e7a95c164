using System.Collections;
using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>Turns plain values, as a hashtable or a file holds them, into the values of settings, and back.</summary>
internal static class SettingValue
{
    /// <summary>Reads a value of a kind; null with a flaw when it is not one. Numbers are read and told in invariant culture.</summary>
    public static object? Read(StepSettingKind kind, object raw, out string flaw)
    {
        var text = Text(raw);
        (var value, flaw) = kind switch
        {
            StepSettingKind.WholeNumber => (Whole(raw) is >= int.MinValue and <= int.MaxValue and var whole
                ? (object)(int)whole : null, $"'{text}' is not a whole number."),
            StepSettingKind.Number => (Number(raw), $"'{text}' is not a number. Write it with a point, such as 0.5."),
            StepSettingKind.Flag => (Flag(raw), $"'{text}' is neither true nor false."),
            StepSettingKind.TextList => (List(raw), "is not a list of texts."),
            StepSettingKind.ChoiceList => (Flags(raw) ?? List(raw), "is not a list of words."),
            StepSettingKind.TextMap => (Map(raw), "is not a table of texts, such as @{ team = 'vision' }."),
            StepSettingKind.Seconds => Seconds(raw),
            StepSettingKind.Time => Time(raw, out var wrong) is { } time ? (time, "") : (null, wrong),
            _ => (IsPlain(raw) ? text : (object?)null, "is not a text."),
        };
        return value;
    }

    /// <summary>
    /// The value in a form any JSON writer stores and <see cref="Read"/> takes back: a time becomes seconds when it is whole.
    /// </summary>
    public static object Plain(object value) => value switch
    {
        TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond == 0 => time.Ticks / TimeSpan.TicksPerSecond,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string[] list => list.ToArray(),
        SettingGroup group => group.ToDictionary(),
        SettingGroup[] groups => groups.Select(group => group.ToDictionary()).ToArray(),
        IDictionary map => TextMap.From(map),
        _ => value,
    };

    /// <summary>A dictionary, also one of a JSON file; null for anything else.</summary>
    public static IDictionary? Dictionary(object? raw) => raw switch
    {
        JObject json => json.Properties().ToDictionary(
            property => property.Name, property => property.Value is JValue value ? value.Value : property.Value),
        _ => raw as IDictionary,
    };

    /// <summary>The items of a list; anything else is a list of one.</summary>
    public static IEnumerable<object?> Items(object raw) =>
        raw is IEnumerable items and not (string or IDictionary or JObject) ? items.Cast<object?>() : [raw];

    private static string Text(object raw) => InvariantText.Of(raw);

    private static bool IsPlain(object raw) => raw is string or Guid || (raw is IConvertible and not bool);

    private static decimal? Whole(object raw) =>
        raw is not bool
        && decimal.TryParse(Text(raw), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && decimal.Truncate(number) == number
            ? number
            : null;

    private static double? Number(object raw) => raw switch
    {
        double number => number,
        bool => null,
        _ => double.TryParse(Text(raw), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static bool? Flag(object raw) => raw switch
    {
        bool flag => flag,
        // A PowerShell switch, which this library does not know as a type, reads as True or False.
        _ => bool.TryParse(Text(raw), out var flag) ? flag : null,
    };

    private static string[]? List(object raw) => raw switch
    {
        IDictionary or JObject => null,
        IEnumerable items and not string => items.Cast<object?>().All(item => item is not null && IsPlain(item))
            ? [.. items.Cast<object>().Select(Text)]
            : null,
        _ => IsPlain(raw) ? [Text(raw)] : null,
    };

    /// <summary>The words whose flag is set in a table of words and flags, as the API writes access modes.</summary>
    private static string[]? Flags(object raw) =>
        Dictionary(raw) is { } map && map.Values.Cast<object?>().All(value => value is not null && Flag(value) is not null)
            ? [.. map.Entries().Where(entry => Flag(entry.Value!) is true).Select(entry => Text(entry.Key))
                .OrderBy(word => word, StringComparer.Ordinal)]
            : null;

    private static SortedDictionary<string, string>? Map(object raw)
    {
        IDictionary? map = Dictionary(raw);
        var plain = map is not null && map.Values.Cast<object?>().All(value => value is null or IConvertible);
        return plain ? TextMap.From(map!) : null;
    }

    private static (object? Value, string Flaw) Seconds(object raw) => Time(raw, out var flaw) switch
    {
        null => (null, flaw),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond == 0 => (ticks / TimeSpan.TicksPerSecond, ""),
        _ => (null, $"'{Text(raw)}' is not a whole number of seconds."),
    };

    private static TimeSpan? Time(object raw, out string flaw)
    {
        flaw = "";
        return raw switch
        {
            TimeSpan time => time,
            double seconds => Durations.TryFromSeconds(seconds, out var time, out flaw) ? time : null,
            _ => Durations.TryRead(Text(raw), out var time, out flaw) ? time : null,
        };
    }
}
