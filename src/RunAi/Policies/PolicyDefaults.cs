using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.Policies;

/// <summary>
/// Fills in what a spec leaves out, as the control plane will: the policy's values, its items, and what it takes from other fields.
/// </summary>
internal static class PolicyDefaults
{
    public static JObject Complete(JObject spec, EffectivePolicy policy)
    {
        var complete = (JObject)spec.DeepClone();
        Fill(complete, policy.Defaults);
        DropExcluded(complete);
        Compute(complete, policy.Rules);
        return complete;
    }

    private static void Fill(JObject section, JObject defaults)
    {
        foreach (var property in defaults.Properties())
        {
            if (property.Value is JObject part && PolicyJson.IsOfList(part))
            {
                AddItems(section, property.Name, part);
            }
            else if (property.Value is JObject inner && !PolicyJson.IsWhole(property.Name))
            {
                Fill(Section(section, property.Name), inner);
            }
            else if (section[property.Name].OrAbsent() is null && property.Value.OrAbsent() is { } value)
            {
                section[property.Name] = value.DeepClone();
            }
        }
    }

    private static JObject Section(JObject parent, string name)
    {
        if (parent[name] is not JObject section)
        {
            parent[name] = section = [];
        }

        return section;
    }

    private static void AddItems(JObject section, string name, JObject defaults)
    {
        var items = section[name] as JArray ?? [];
        HashSet<string> sent = [.. items.Items().Select(item => PolicyJson.KeyOf(name, item)).OfType<string>()];
        foreach (var item in defaults["instances"].Items()
            .Where(item => PolicyJson.KeyOf(name, item) is not { } key || !sent.Contains(key)))
        {
            items.Add(item.DeepClone());
        }

        if (defaults["attributes"] is JObject attributes)
        {
            foreach (var item in items.Items())
            {
                Fill(item, attributes);
            }
        }

        section[name] = items;
    }

    private static void DropExcluded(JToken token)
    {
        foreach (var part in token.Children().ToList())
        {
            if (part is JObject item && token is JArray && item.IsExcluded())
            {
                item.Remove();
            }
            else
            {
                DropExcluded(part);
            }
        }
    }

    /// <summary>Fields with <c>defaultFrom</c>: the value of another field of the same section or item, times a factor.</summary>
    private static void Compute(JObject section, JObject rules)
    {
        foreach (var property in rules.Properties())
        {
            if (property.Value is not JObject rule)
            {
                continue;
            }

            if (PolicyJson.IsOfList(rule))
            {
                if (rule["attributes"] is JObject attributes)
                {
                    section[property.Name].Items().ToList().ForEach(item => Compute(item, attributes));
                }
            }
            else if (PolicyJson.IsFieldRule(rule))
            {
                Derive(section, rules, property.Name, [property.Name]);
            }
            else if (section[property.Name] is JObject inner)
            {
                Compute(inner, rule);
            }
        }
    }

    /// <summary>The value of a field, computed if need be from one that may be computed itself; a circle of fields has none.</summary>
    private static JToken? Derive(JObject section, JObject rules, string name, HashSet<string> asked)
    {
        if (section[name].OrAbsent() is { } present)
        {
            return present;
        }

        if ((rules[name] as JObject)?["defaultFrom"] is not JObject from || (string?)from["field"] is not { } path)
        {
            return null;
        }

        // The other field is named alone, or dotted with the section that both are in.
        var other = path.Substring(path.LastIndexOf('.') + 1);
        if (!asked.Add(other) || Derive(section, rules, other, asked) is not { } source
            || PolicyAmount.Times(source, PolicyAmount.Of(from["factor"]) ?? 1, name) is not { } value)
        {
            return null;
        }

        section[name] = value;
        return value;
    }
}
