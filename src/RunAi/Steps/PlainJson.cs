using System.Collections.Specialized;
using Newtonsoft.Json.Linq;

namespace RunAi.Steps;

/// <summary>Makes plain dictionaries, arrays and values of JSON, which all readers of settings take.</summary>
internal static class PlainJson
{
    public static OrderedDictionary Of(JObject json)
    {
        var plain = new OrderedDictionary();
        foreach (JProperty property in json.Properties())
        {
            plain[property.Name] = Of(property.Value);
        }

        return plain;
    }

    private static object? Of(JToken token) => token switch
    {
        JObject map => Of(map),
        JArray list => list.Select(Of).ToArray(),
        JValue value => value.Value,
        _ => null,
    };
}
