using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using RunAi.Tests.Specs;

namespace RunAi.EndToEnd.Tests.Policies;

/// <summary>
/// Reads from Run:ai's OpenAPI document which fields training policies have rules for, of which kinds, and which values they take.
/// </summary>
internal sealed class PolicyDocument
{
    private static readonly string[] Kinds = ["required", "canEdit", "min", "max", "step", "options", "defaultFrom"];
    private static readonly string[] Words = ["a", "b", "c", "0644", "0755", "0400", "/a", "/b"];

    private readonly JObject _schemas = (JObject)OpenApiDocument.Require()["components"]!["schemas"]!;
    private readonly List<PolicyField> _fields = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _mandatory = [];
    private readonly Dictionary<string, IReadOnlyList<JToken>> _itemValues = [];

    /// <param name="special">Values of fields that must name something which exists.</param>
    public PolicyDocument(IReadOnlyDictionary<string, IReadOnlyList<string>> special)
    {
        Special = special;
        Walk(Properties(Schema("TrainingPolicyRulesV2")), Properties(Schema("TrainingSpecSpec")), [], []);
        Fields = _fields;
    }

    /// <summary>All fields that have rules and are fields of a spec.</summary>
    public IReadOnlyList<PolicyField> Fields { get; }

    /// <summary>Rules whose name is no field of a spec, which therefore say nothing of any submission.</summary>
    public List<string> Unbound { get; } = [];

    private IReadOnlyDictionary<string, IReadOnlyList<string>> Special { get; }

    /// <summary>The fields that every item of a list has, first the one that tells it apart from others.</summary>
    public IReadOnlyList<string> MandatoryOf(IReadOnlyList<string> list) => _mandatory[string.Join(".", list)];

    /// <summary>Values of a field of a list's items.</summary>
    public IReadOnlyList<JToken> ValuesOf(IReadOnlyList<string> list, string name) => _itemValues[string.Join(".", [.. list, name])];

    private void Walk(Dictionary<string, JObject> rules, Dictionary<string, JObject> spec, string[] list, string[] section)
    {
        foreach (var (name, schema) in rules)
        {
            if (!spec.TryGetValue(name, out var field))
            {
                Unbound.Add(string.Join(".", [.. list, .. section, name]));
                continue;
            }

            var inside = Properties(schema);
            if (inside.ContainsKey("instances"))
            {
                string[] inner = [.. section, name];
                var item = Properties(field);
                var key = name switch { "extendedResources" => "resource", "dataVolume" => "id", _ => "name" };
                _mandatory[string.Join(".", inner)] =
                    [
                        key,
                        .. item.Where(pair => pair.Key != key
                            && ((string?)pair.Value["description"])?.Contains("(mandatory)", StringComparison.Ordinal) == true)
                            .Select(pair => pair.Key),
                    ];
                item.ToList().ForEach(pair => _itemValues[string.Join(".", [.. inner, pair.Key])] = Values(pair.Key, pair.Value));
                _fields.Add(new PolicyField([], "", inner, new HashSet<string> { "canAdd", "locked" }, []));
                if (inside.TryGetValue("attributes", out var attributes))
                {
                    Walk(Properties(attributes), item, inner, []);
                }
            }
            else if (inside.Keys.Intersect(Kinds).Any())
            {
                _fields.Add(new PolicyField(section, name, list, inside.Keys.Intersect(Kinds).ToHashSet(), Values(name, field)));
            }
            else
            {
                Walk(inside, Properties(field), list, [.. section, name]);
            }
        }
    }

    private IReadOnlyList<JToken> Values(string name, JObject schema)
    {
        if (Special.TryGetValue(name, out var names))
        {
            return (string?)schema["type"] == "array" ? Lists(names) : [.. names.Select(text => (JToken)text)];
        }

        if (schema["enum"] is JArray words)
        {
            return [.. words.Where(word => word.Type == JTokenType.String)];
        }

        return (string?)schema["type"] switch
        {
            "boolean" => [false, true],
            "integer" => [.. Enumerable.Range((int?)schema["minimum"] ?? 0, 7).Select(number => (JToken)number)],
            "number" => [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0],
            "array" => Lists(
                Properties(schema).Count > 0 ? [] : [.. Values("", Resolve((JObject)schema["items"]!)).Select(word => (string)word!)]),
            "object" => [
                JObject.Parse("""{"nodeSelectorTerms":[]}"""), JObject.Parse("""{"nodeSelectorTerms":[{"matchExpressions":[]}]}""")],
            _ when IsQuantity(schema) => ["500M", "1G", "1Gi", "2048Mi", "3e9", "4Gi", "8G"],
            _ when (string?)schema["format"] == "uuid" =>
                [.. Enumerable.Range(1, 3).Select(n => (JToken)new Guid(n, 0, 0, new byte[8]).ToString())],
            _ => [.. Words.Where(word => Fits(word, schema)).Take(4).Select(word => (JToken)word)],
        };
    }

    private static IReadOnlyList<JToken> Lists(IReadOnlyList<string> words) =>
        words.Count < 2
            ? [new JArray(), new JArray("a")]
            : [new JArray(), new JArray(words[0]), new JArray(words[1]), new JArray(words[0], words[1])];

    private static bool IsQuantity(JObject schema) => ((string?)schema["pattern"])?.Contains("numkKMGTP", StringComparison.Ordinal) == true;

    private static bool Fits(string word, JObject schema) =>
        word.Length >= ((int?)schema["minLength"] ?? 0) && word.Length <= ((int?)schema["maxLength"] ?? int.MaxValue)
        && ((string?)schema["pattern"] is not { } pattern || Regex.IsMatch(word, pattern));

    private JObject Schema(string name) => Resolve((JObject)_schemas[name]!);

    /// <summary>A schema with its references and parts put together.</summary>
    private JObject Resolve(JObject schema)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Schema(reference[(reference.LastIndexOf('/') + 1)..]);
        }

        var whole = new JObject();
        foreach (var part in (schema["allOf"] as JArray ?? []).Select(part => Resolve((JObject)part)).Append(schema))
        {
            whole.Merge(part);
        }

        whole.Remove("allOf");
        return whole;
    }

    /// <summary>The properties of an object, or of a list's items.</summary>
    private Dictionary<string, JObject> Properties(JObject schema)
    {
        var whole = Resolve(schema);
        return whole["properties"] is JObject properties
            ? properties.Properties().ToDictionary(property => property.Name, property => Resolve((JObject)property.Value))
            : whole["items"] is JObject items ? Properties(items)
            : [];
    }
}
