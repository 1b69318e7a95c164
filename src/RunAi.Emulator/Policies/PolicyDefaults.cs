using System.Text.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Policies;

/// <summary>Fills what a spec leaves out from a policy's defaults, and takes out what it excludes.</summary>
internal static class PolicyDefaults
{
    public static JsonObject Apply(JsonObject submitted, EffectivePolicy policy)
    {
        var spec = (JsonObject)submitted.DeepClone();
        Fill(policy.Governed, spec, policy.Defaults);
        FillFromOthers(policy.Governed, spec, policy.Rules);
        DropExcluded(spec);
        return spec;
    }

    public static bool IsExcluded(JsonObject item) => (bool?)item["exclude"] == true;

    private static void Fill(ObjectShape shape, JsonObject spec, JsonObject defaults)
    {
        foreach (var (name, value) in defaults)
        {
            var field = shape.Properties[name];
            if (PolicyShape.IsItemized(field, out var item))
            {
                AddItems(item, name, spec, (JsonObject)value!);
            }
            else if (field is ObjectShape section && !PolicyShape.IsWhole(name) && value is JsonObject inner)
            {
                Fill(section, (JsonObject)(spec[name] ??= new JsonObject()), inner);
            }
            else
            {
                spec[name] ??= value?.DeepClone();
            }
        }
    }

    private static void AddItems(ObjectShape shape, string field, JsonObject spec, JsonObject defaults)
    {
        var items = (JsonArray)(spec[field] ??= new JsonArray());
        var sent = items.OfType<JsonObject>().Select(item => ItemKey.Of(field, item)).ToHashSet();
        foreach (var item in (defaults["instances"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (ItemKey.Of(field, item) is not { } key || !sent.Contains(key))
            {
                items.Add(item.DeepClone());
            }
        }

        foreach (var item in defaults["attributes"] is JsonObject ? items.OfType<JsonObject>() : [])
        {
            Fill(shape, item, (JsonObject)defaults["attributes"]!);
        }
    }

    /// <summary>
    /// defaultFrom: a field takes the value of another one of its section or item, times a factor; again while one gives way to the next.
    /// </summary>
    private static void FillFromOthers(ObjectShape shape, JsonObject spec, JsonObject rules)
    {
        var again = true;
        while (again)
        {
            again = false;
            foreach (var (name, rule) in rules.Where(entry => entry.Value is JsonObject && spec[entry.Key] is null))
            {
                if (rule!["defaultFrom"] is JsonObject from && (string?)from["field"] is { } other
                    && spec[other.Split('.')[^1]] is { } source
                    && Times(source, (double?)from["factor"] ?? 1, shape.Properties[name]) is { } value)
                {
                    spec[name] = value;
                    again = true;
                }
            }
        }

        foreach (var (name, rule) in rules)
        {
            if (PolicyShape.IsItemized(shape.Properties[name], out var shapeOfItem))
            {
                foreach (var item in (spec[name] as JsonArray ?? []).OfType<JsonObject>())
                {
                    FillFromOthers(shapeOfItem, item, rule?["attributes"] as JsonObject ?? []);
                }
            }
            else if (shape.Properties[name] is ObjectShape section && !PolicyShape.IsWhole(name)
                && spec[name] is JsonObject inner && rule is JsonObject rulesInside)
            {
                FillFromOthers(section, inner, rulesInside);
            }
        }
    }

    private static JsonNode? Times(JsonNode source, double factor, Shape shape) => (shape, source.GetValueKind()) switch
    {
        (TextShape, JsonValueKind.String) when Quantity.TryParse((string?)source, out var bytes) =>
            Quantity.Format(decimal.Round(bytes * (decimal)factor)),
        (NumberShape { Whole: true }, JsonValueKind.Number) => JsonValue.Create(Math.Round(source.GetValue<double>() * factor)),
        (NumberShape, JsonValueKind.Number) => JsonValue.Create(source.GetValue<double>() * factor),
        _ => null,
    };

    private static void DropExcluded(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonObject>().Where(IsExcluded).ToList())
            {
                items.Remove(item);
            }
        }
        else if (node is JsonObject section)
        {
            foreach (var (_, value) in section)
            {
                DropExcluded(value);
            }
        }
    }
}
