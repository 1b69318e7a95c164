using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace RunAi.Tests.Specs;

/// <summary>
/// Holds JSON to a schema of an OpenAPI 3.0 document, and to more: properties it does not name are refused, and so is a
/// schema keyword that is not understood here, so that nothing passes unchecked.
/// </summary>
internal sealed class StrictSchema(JObject document)
{
    private static readonly HashSet<string> Known = [
        "$ref", "allOf", "properties", "required", "type", "items", "enum", "nullable", "minimum",
        "maximum", "minLength", "maxLength", "pattern", "format", "description", "example", "default"];

    public IReadOnlyList<string> Violations(JToken value, string schemaName)
    {
        var found = new List<string>();
        Check(value, Parts(new JObject { ["$ref"] = $"#/components/schemas/{schemaName}" }), "$", found);
        return found;
    }

    /// <summary>The schema with its references and <c>allOf</c> resolved into a flat list, all of which must hold.</summary>
    private List<JObject> Parts(JObject schema)
    {
        string[] unknown = [.. schema.Properties().Select(property => property.Name).Where(name => !Known.Contains(name))];
        Assert.True(unknown.Length == 0, $"schema keywords {string.Join(", ", unknown)} are not understood");
        if ((string?)schema["$ref"] is { } reference)
        {
            return Parts((JObject)document.SelectToken(reference[2..].Replace('/', '.'))!);
        }

        return [schema, .. (schema["allOf"] as JArray ?? []).SelectMany(part => Parts((JObject)part))];
    }

    private void Check(JToken value, List<JObject> parts, string path, List<string> found)
    {
        if (value.Type == JTokenType.Null)
        {
            found.Add($"{path} is null");
            return;
        }

        foreach (JObject part in parts)
        {
            found.AddRange(Flaws(value, part).Select(flaw => $"{path} {flaw}"));
        }

        if (value is JObject json)
        {
            CheckProperties(json, parts, path, found);
        }

        if (value is JArray array && parts.Select(part => part["items"]).OfType<JObject>().FirstOrDefault() is { } items)
        {
            for (var i = 0; i < array.Count; i++)
            {
                Check(array[i], Parts(items), $"{path}[{i}]", found);
            }
        }
    }

    private void CheckProperties(JObject json, List<JObject> parts, string path, List<string> found)
    {
        foreach (var name in parts.SelectMany(part => part["required"] as JArray ?? []).Select(name => (string)name!)
            .Where(name => !json.ContainsKey(name)))
        {
            found.Add($"{path}.{name} is missing");
        }

        foreach (JProperty property in json.Properties())
        {
            List<JObject> schemas = [.. parts.Select(part => part["properties"]?[property.Name]).OfType<JObject>().SelectMany(Parts)];
            if (schemas.Count == 0)
            {
                found.Add($"{path}.{property.Name} is not in the document");
            }
            else
            {
                Check(property.Value, schemas, $"{path}.{property.Name}", found);
            }
        }
    }

    private static IEnumerable<string> Flaws(JToken value, JObject schema)
    {
        if ((string?)schema["type"] is { } type && !IsOfType(value, type))
        {
            yield return $"is no {type}";
        }

        if (schema["enum"] is JArray options && !options.Any(option => JToken.DeepEquals(option, value)))
        {
            yield return $"is {value}, none of {options}";
        }

        if (value.Type is JTokenType.Integer or JTokenType.Float)
        {
            var number = value.Value<double>();
            if (number < ((double?)schema["minimum"] ?? double.MinValue) || number > ((double?)schema["maximum"] ?? double.MaxValue))
            {
                yield return $"is {value}, out of range";
            }

            if ((string?)schema["format"] == "int32" && number is < int.MinValue or > int.MaxValue)
            {
                yield return $"is {value}, more than 32 bits";
            }
        }

        if (value.Type == JTokenType.String)
        {
            var text = value.Value<string>()!;
            if (text.Length < ((int?)schema["minLength"] ?? 0) || text.Length > ((int?)schema["maxLength"] ?? int.MaxValue))
            {
                yield return $"is '{text}', too short or too long";
            }

            if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern))
            {
                yield return $"is '{text}', not like {pattern}";
            }

            if ((string?)schema["format"] == "uuid" && !Guid.TryParseExact(text, "D", out _))
            {
                yield return $"is '{text}', no UUID";
            }
        }
    }

    private static bool IsOfType(JToken value, string type) => type switch
    {
        "object" => value is JObject,
        "array" => value is JArray,
        "string" => value.Type == JTokenType.String,
        "boolean" => value.Type == JTokenType.Boolean,
        "integer" => value.Type == JTokenType.Integer,
        "number" => value.Type is JTokenType.Integer or JTokenType.Float
            && double.IsFinite(Convert.ToDouble(((JValue)value).Value, CultureInfo.InvariantCulture)),
        _ => false,
    };
}
