using System.Text.Json.Nodes;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Policies;

/// <summary>
/// The policies from the tenant down to one unit as one. The nearest unit has the say for each field;
/// default instances of lists add up, by key.
/// </summary>
internal sealed class EffectivePolicy(ObjectShape governed)
{
    /// <summary>The fields it has a say on.</summary>
    public ObjectShape Governed => governed;

    public JsonObject Defaults { get; } = [];

    public JsonObject Rules { get; } = [];

    /// <summary>The data sources that every workload of the unit gets: those of all the policies.</summary>
    public List<string> ImposedAssets { get; } = [];

    public DateTimeOffset? UpdatedAt { get; private set; }

    public bool IsEmpty => Defaults.Count == 0 && Rules.Count == 0 && ImposedAssets.Count == 0;

    public static EffectivePolicy Merge(ObjectShape governed, IReadOnlyList<Policy> fromFarToNear)
    {
        var effective = new EffectivePolicy(governed);
        foreach (var policy in fromFarToNear)
        {
            if (policy.Content["defaults"] is JsonObject defaults)
            {
                MergeDefaults(governed, effective.Defaults, defaults);
            }

            if (policy.Content["rules"] is JsonObject rules)
            {
                MergeRules(governed, effective.Rules, rules, policy.Scope);
            }

            effective.ImposedAssets.AddRange((policy.Content["imposedAssets"] as JsonArray ?? [])
                .Select(id => (string)id!).Where(id => !effective.ImposedAssets.Contains(id)));
            effective.UpdatedAt = effective.UpdatedAt > policy.UpdatedAt ? effective.UpdatedAt : policy.UpdatedAt;
        }

        return effective;
    }

    private static void MergeDefaults(ObjectShape shape, JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (value is null || !shape.Properties.TryGetValue(name, out var field))
            {
                continue;
            }

            if (PolicyShape.IsItemized(field, out _))
            {
                MergeItems(name, Child(into, name), (JsonObject)value);
            }
            else if (field is ObjectShape section && !PolicyShape.IsWhole(name))
            {
                MergeDefaults(section, Child(into, name), (JsonObject)value);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }

    private static void MergeItems(string field, JsonObject into, JsonObject from)
    {
        if (from["attributes"] is JsonObject attributes)
        {
            foreach (var (name, value) in attributes)
            {
                Child(into, "attributes")[name] = value?.DeepClone();
            }
        }

        foreach (var item in (from["instances"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var items = (JsonArray)(into["instances"] ??= new JsonArray());
            var key = ItemKey.Of(field, item);
            if (items.OfType<JsonObject>().FirstOrDefault(other => key is not null && ItemKey.Of(field, other) == key) is { } same)
            {
                items.Remove(same);
            }

            items.Add(item.DeepClone());
        }
    }

    private static void MergeRules(ObjectShape shape, JsonObject into, JsonObject from, PolicyScope source)
    {
        foreach (var (name, value) in from)
        {
            if (value is not JsonObject rule || !shape.Properties.TryGetValue(name, out var field))
            {
                continue;
            }

            if (PolicyShape.IsItemized(field, out var item))
            {
                if (rule["instances"] is JsonObject instances)
                {
                    Child(into, name)["instances"] = Sourced(instances, source);
                }

                if (rule["attributes"] is JsonObject attributes)
                {
                    MergeRules(item, Child(Child(into, name), "attributes"), attributes, source);
                }
            }
            else if (field is ObjectShape section && !PolicyShape.IsWhole(name))
            {
                MergeRules(section, Child(into, name), rule, source);
            }
            else
            {
                into[name] = Sourced(rule, source);
            }
        }
    }

    private static JsonObject Sourced(JsonObject rule, PolicyScope source)
    {
        var copy = (JsonObject)rule.DeepClone();
        copy["sourceOfRule"] = source.ToJson();
        return copy;
    }

    private static JsonObject Child(JsonObject parent, string name) => (JsonObject)(parent[name] ??= new JsonObject());
}
