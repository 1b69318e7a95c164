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
        Fill(TrainingShape.Spec, spec, policy.Defaults);
        FillFromOthers(TrainingShape.Spec, spec, policy.Rules);
        DropExcluded(spec);
        return spec;
    }

    private static void Fill(ObjectShape shape, JsonObject spec, JsonObject defaults)
    {
        foreach (var (name, value) in defaults)
        {
            var field = shape.Properties[name];
            if (PolicyShape.IsItemized(field, out _))
            {
                AddItems(name, spec, (JsonObject)value!);
            }
            else if (field is ObjectShape section && !PolicyShape.IsWhole(name))
            {
                Fill(section, (JsonObject)(spec[name] ??= new JsonObject()), (JsonObject)value!);
            }
            else
            {
                spec[name] ??= value?.DeepClone();
            }
        }
    }

    private static void AddItems(string field, JsonObject spec, JsonObject defaults)
    {
        var items = (JsonArray)(spec[field] ??= new JsonArray());
        foreach (var item in items.OfType<JsonObject>())
        {
            foreach (var (name, value) in defaults["attributes"] as JsonObject ?? [])
            {
                item[name] ??= value?.DeepClone();
            }
        }

        var sent = items.OfType<JsonObject>().Select(item => ItemKey.Of(field, item)).ToHashSet();
        foreach (var item in (defaults["instances"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (ItemKey.Of(field, item) is not { } key || !sent.Contains(key))
            {
                items.Add(item.DeepClone());
            }
        }
    }

    /// <summary>defaultFrom: a field takes the value of another one of its section, times a factor.</summary>
    private static void FillFromOthers(ObjectShape shape, JsonObject spec, JsonObject rules)
    {
        foreach (var (name, value) in rules)
        {
            if (value is not JsonObject rule || PolicyShape.IsItemized(shape.Properties[name], out _))
            {
                continue;
            }

            if (shape.Properties[name] is ObjectShape section && !PolicyShape.IsWhole(name))
            {
                if (spec[name] is JsonObject inner)
                {
                    FillFromOthers(section, inner, rule);
                }
            }
            else if (spec[name] is null && rule["defaultFrom"] is JsonObject from && (string?)from["field"] is { } other
                && spec[other] is { } source)
            {
                spec[name] = Times(source, (double?)from["factor"] ?? 1, shape.Properties[name]);
            }
        }
    }

    private static JsonNode? Times(JsonNode source, double factor, Shape shape)
    {
        if (shape is TextShape)
        {
            return Quantity.TryParse((string?)source, out var bytes) ? Quantity.Format(decimal.Round(bytes * (decimal)factor)) : null;
        }

        var value = source.GetValue<double>() * factor;
        return shape is NumberShape { Whole: true } ? JsonValue.Create((long)Math.Round(value)) : JsonValue.Create(value);
    }

    private static void DropExcluded(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items.OfType<JsonObject>().Where(item => (bool?)item["exclude"] == true).ToList())
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
