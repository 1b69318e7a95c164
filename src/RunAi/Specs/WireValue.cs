using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>Settings' values as the API takes them.</summary>
internal static class WireValue
{
    /// <summary>A scalar, an array of texts, or a map as an array of names and values.</summary>
    public static JToken Of(object value) => value switch
    {
        string[] list => new JArray(list),
        IDictionary map => new JArray(map.Entries().Select(entry => NameAndValue((string)entry.Key, (string)entry.Value!))),
        _ => new JValue(value),
    };

    /// <summary>An item of <c>labels</c>, <c>annotations</c> or <c>environmentVariables</c>.</summary>
    public static JObject NameAndValue(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
