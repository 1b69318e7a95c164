using System.Text.Json.Nodes;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Policies;

/// <summary>Holds a submission to a policy's rules: what was sent, and what it comes to with the defaults.</summary>
internal sealed class PolicyRules(EffectivePolicy policy)
{
    private readonly List<ComplianceIssue> _issues = [];

    public static IReadOnlyList<ComplianceIssue> Check(JsonObject submitted, JsonObject effective, EffectivePolicy policy)
    {
        var rules = new PolicyRules(policy);
        rules.Section(policy.Governed, "", submitted, effective, policy.Rules);
        return rules._issues;
    }

    private void Section(ObjectShape shape, string path, JsonObject? submitted, JsonObject? effective, JsonObject rules)
    {
        foreach (var (name, value) in rules)
        {
            if (value is not JsonObject rule)
            {
                continue;
            }

            var field = path.Length == 0 ? name : path + "." + name;
            if (PolicyShape.IsItemized(shape.Properties[name], out var item))
            {
                Items(item, name, field, submitted?[name] as JsonArray, effective?[name] as JsonArray, rule);
            }
            else if (shape.Properties[name] is ObjectShape section && !PolicyShape.IsWhole(name))
            {
                Section(section, field, submitted?[name] as JsonObject, effective?[name] as JsonObject, rule);
            }
            else
            {
                _issues.AddRange(FieldRule.Check(field, submitted?[name], effective?[name], rule));
            }
        }
    }

    private void Items(
        ObjectShape shape, string name, string field, JsonArray? submitted, JsonArray? effective, JsonObject rule)
    {
        var locked = (rule["instances"]?["locked"] as JsonArray ?? []).Select(key => (string?)key).ToHashSet();
        var known = DefaultKeys(field, name);
        foreach (var item in (submitted ?? []).OfType<JsonObject>())
        {
            var key = ItemKey.Of(name, item);
            if (key is not null && locked.Contains(key))
            {
                _issues.Add(new(field, $"item {key} is locked by the policy and can be neither changed nor excluded", "locked"));
            }
            else if ((bool?)rule["instances"]?["canAdd"] == false && !PolicyDefaults.IsExcluded(item)
                && (key is null || !known.Contains(key)))
            {
                _issues.Add(new(field, $"items cannot be added{(key is null ? "" : $": {key}")}", "canAdd"));
            }
        }

        if (rule["attributes"] is not JsonObject attributes)
        {
            return;
        }

        if (attributes["exclude"] is JsonObject exclusion)
        {
            foreach (var item in (submitted ?? []).OfType<JsonObject>().Where(PolicyDefaults.IsExcluded))
            {
                _issues.AddRange(FieldRule.Check(field + ".exclude", item["exclude"], item["exclude"], exclusion));
            }
        }

        // The effective list begins with the submitted items that are not excluded.
        var sent = new Queue<JsonObject>((submitted ?? []).OfType<JsonObject>().Where(item => !PolicyDefaults.IsExcluded(item)));
        foreach (var item in (effective ?? []).OfType<JsonObject>())
        {
            Section(shape, field, sent.TryDequeue(out var own) ? own : null, item, attributes);
        }
    }

    private HashSet<string> DefaultKeys(string field, string name)
    {
        JsonNode? defaults = policy.Defaults;
        foreach (var part in field.Split('.'))
        {
            defaults = defaults?[part];
        }

        return [.. (defaults?["instances"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(item => ItemKey.Of(name, item)).OfType<string>()];
    }
}
