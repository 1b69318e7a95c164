using System.Collections;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Steps;

namespace RunAi.Operators;

/// <summary>Step settings in the configuration file, under their PowerShell names.</summary>
internal static class SettingsJson
{
    // Not the default one: a script can change the global settings that it takes.
    private static readonly JsonSerializer Serializer = JsonSerializer.Create();

    public static JObject Write(StepSettings settings)
    {
        var json = new JObject();
        foreach (DictionaryEntry entry in settings.ToDictionary())
        {
            json[(string)entry.Key] = JToken.FromObject(entry.Value!, Serializer);
        }

        return json;
    }

    /// <exception cref="StepSettingsException">The file was edited and a setting breaks a rule.</exception>
    public static StepSettings Read(JObject json) => StepSettings.FromDictionary(PlainJson.Of(json));
}
