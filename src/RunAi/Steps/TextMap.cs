using System.Collections;
using RunAi.Json;

namespace RunAi.Steps;

/// <summary>Texts by name, in the order of the names, so that the same texts always give the same bytes on the wire.</summary>
internal static class TextMap
{
    /// <summary>Copies a dictionary of plain values; a value of null becomes an empty text.</summary>
    public static SortedDictionary<string, string> From(IDictionary values)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in values)
        {
            map[Text(entry.Key)] = Text(entry.Value);
        }

        return map;
    }

    /// <summary>A map whose own entries hide the defaults of the same name.</summary>
    public static SortedDictionary<string, string> Merge(IDictionary own, IDictionary defaults)
    {
        SortedDictionary<string, string> merged = From(defaults);
        foreach (KeyValuePair<string, string> entry in From(own))
        {
            merged[entry.Key] = entry.Value;
        }

        return merged;
    }

    private static string Text(object? value) => InvariantText.Of(value);
}
