using Newtonsoft.Json.Linq;
using RunAi.Wording;

namespace RunAi.Configuration;

/// <summary>Single fields of components in the configuration file.</summary>
internal static class ComponentJson
{
    public static string? Text(JObject json, string field, ConfigurationErrors faults) => json[field] switch
    {
        null or JValue { Value: null } => null,
        JValue { Value: string text } => text,
        var other => throw faults.Wrong(other, "a text"),
    };

    /// <summary>An object of texts; empty when there is none.</summary>
    public static IReadOnlyDictionary<string, string> Texts(JObject json, string field, ConfigurationErrors faults) => json[field] switch
    {
        null or { Type: JTokenType.Null } => new Dictionary<string, string>(),
        JObject map when map.Properties().All(p => p.Value is JValue { Value: string }) =>
            map.Properties().ToDictionary(p => p.Name, p => (string)p.Value!, StringComparer.Ordinal),
        var other => throw faults.Wrong(other, "an object of texts"),
    };

    public static bool Switch(JObject json, string field, ConfigurationErrors faults) => json[field] switch
    {
        null or JValue { Value: null } => false,
        JValue { Value: bool on } => on,
        var other => throw faults.Wrong(other, "true or false"),
    };

    /// <summary>A duration, as <see cref="Durations"/> reads it.</summary>
    public static TimeSpan? Duration(JObject json, string field, ConfigurationErrors faults) => Text(json, field, faults) switch
    {
        null => null,
        var text when Durations.TryRead(text, out var duration, out _) => duration,
        _ => throw faults.Wrong(json[field]!, "a duration such as 90s or 5m"),
    };

    /// <summary>Writes a field; one without a value is left out, also a null text, which is a token of the type of texts.</summary>
    public static void Put(JObject json, string field, JToken? value)
    {
        if (value is null or JValue { Value: null })
        {
            json.Remove(field);
        }
        else
        {
            json[field] = value;
        }
    }
}
