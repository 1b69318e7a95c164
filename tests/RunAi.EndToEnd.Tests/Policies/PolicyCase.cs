using Newtonsoft.Json.Linq;

namespace RunAi.EndToEnd.Tests.Policies;

/// <summary>Policies of three organisation units and a spec, made from random bytes: for each field ten of them.</summary>
internal sealed class PolicyCase
{
    /// <summary>The units, from far to near.</summary>
    public static readonly string[] Scopes = ["tenant", "department", "project"];

    private readonly PolicyDocument _document;
    private readonly Dictionary<string, PolicyField> _planned = [];

    public PolicyCase(PolicyDocument document, byte[][] choices)
    {
        _document = document;
        foreach (var choice in choices)
        {
            var field = document.Fields[choice[0] % document.Fields.Count];
            if (_planned.TryAdd(field.Path, field))
            {
                Plan(field, choice);
            }
        }

        if (!_planned.ContainsKey("image"))
        {
            Spec["image"] = "a";
        }

        foreach (var list in _planned.Values.Where(field => field.IsInList).Select(field => field.List).Distinct())
        {
            CompleteItems(list);
        }
    }

    /// <summary>The content of each unit's policy.</summary>
    public Dictionary<string, JObject> Policies { get; } = Scopes.ToDictionary(scope => scope, _ => new JObject());

    public JObject Spec { get; } = [];

    /// <summary>Every rule there is, by field and kind, and whose it is.</summary>
    public List<(string Field, string Kind, string Scope)> Rules { get; } = [];

    public override string ToString() => new JObject { ["policies"] = JObject.FromObject(Policies), ["spec"] = Spec }.ToString();

    private void Plan(PolicyField field, byte[] choice)
    {
        var scope = Scopes[choice[8] % Scopes.Length];
        if (field.IsInstances)
        {
            PlanItems(field, choice, scope);
            return;
        }

        var values = field.Values;
        JToken Value(byte index) => values[index % values.Count].DeepClone();
        var rule = new JObject();
        void Add(string kind, JToken value)
        {
            if (field.Rules.Contains(kind)
                && (choice[1] >> Array.IndexOf(["required", "canEdit", "min", "max", "step", "options", "defaultFrom"], kind) & 1) == 1)
            {
                rule[kind] = value;
                Rules.Add((field.Path, kind, scope));
            }
        }

        Add("required", (choice[2] & 1) == 1);
        Add("canEdit", (choice[2] & 6) != 0);
        Add("min", Value(choice[3]));
        Add("max", Value(choice[4]));
        Add("step", values[0].Type == JTokenType.Float ? new JValue(0.25 * (1 + (choice[5] % 3))) : 1 + (choice[5] % 3));
        Add("options", new JArray(Flat(values).Where((_, i) => (choice[5] >> (i % 8) & 1) == 1)
            .Select(value => new JObject { ["value"] = value, ["displayed"] = "one" })));
        Add("defaultFrom", From(field, choice[9]));
        if (rule.HasValues)
        {
            Put(Policies[scope], [
                "rules", .. field.List, .. field.IsInList ? ["attributes"] : Array.Empty<string>(), .. field.Section, field.Name], rule);
        }

        if (choice[6] > 160)
        {
            Put(Policies[scope], [
                "defaults", .. field.List, .. field.IsInList ? ["attributes"] : Array.Empty<string>(), .. field.Section, field.Name],
                Value(choice[6]));
        }

        if (choice[7] > 80 && !(field.IsInList && field.Name == _document.MandatoryOf(field.List)[0]))
        {
            var target = field.IsInList ? Item(field.List, (choice[7] & 1) == 1 ? null : scope, 0) : Spec;
            Put(target, [.. field.Section, field.Name], Value(choice[7]));
        }
    }

    /// <summary>Takes the value of another field of the same section and sort, or of one that is of no use.</summary>
    private JObject From(PolicyField field, byte choice)
    {
        var others = _document.Fields.Where(other => other != field && other.Rules.Contains("defaultFrom")
            && other.List.SequenceEqual(field.List) && other.Section.SequenceEqual(field.Section)).ToList();
        var other = others.Count == 0 ? field : others[choice % others.Count];
        var from = new JObject { ["field"] = (choice & 1) == 1 ? other.Name : other.Path };
        if (choice % 4 > 0)
        {
            from["factor"] = new[] { 0.5, 2, 3 }[(choice % 4) - 1];
        }

        return from;
    }

    private void PlanItems(PolicyField field, byte[] choice, string scope)
    {
        for (var i = 0; i < 3; i++)
        {
            if ((choice[6] >> i & 1) == 1)
            {
                Item(field.List, scope, i);
            }

            if ((choice[7] >> i & 1) == 1)
            {
                var item = Item(field.List, null, i);
                if ((choice[5] >> i & 9) == 9)
                {
                    item["exclude"] = true;
                }
            }
        }

        var rule = new JObject();
        if (choice[2] % 3 > 0)
        {
            rule["canAdd"] = choice[2] % 3 == 1;
            Rules.Add((field.Path.TrimEnd('.'), "canAdd", scope));
        }

        if (choice[3] % 2 == 1)
        {
            rule["locked"] = new JArray(Keys(field.List).Where((_, i) => (choice[4] >> i & 1) == 1));
            Rules.Add((field.Path.TrimEnd('.'), "locked", scope));
        }

        if (rule.HasValues)
        {
            Put(Policies[scope], ["rules", .. field.List, "instances"], rule);
        }
    }

    private IEnumerable<JToken> Keys(IReadOnlyList<string> list) => _document.ValuesOf(list, _document.MandatoryOf(list)[0]).Take(3);

    /// <summary>An item of a unit's defaults, or of the spec, by the number of its key.</summary>
    private JObject Item(IReadOnlyList<string> list, string? scope, int number)
    {
        string[] path = scope is null ? [.. list] : ["defaults", .. list, "instances"];
        var root = scope is null ? Spec : Policies[scope];
        if (Get(root, path) is not JArray items)
        {
            Put(root, path, items = []);
            items = (JArray)Get(root, path)!;
        }

        var name = _document.MandatoryOf(list)[0];
        var key = Keys(list).ElementAt(number);
        if (items.OfType<JObject>().FirstOrDefault(json => JToken.DeepEquals(json[name], key)) is not { } item)
        {
            items.Add(item = new JObject { [name] = key });
        }

        return item;
    }

    /// <summary>Gives items what every item must have, unless a policy gives it.</summary>
    private void CompleteItems(IReadOnlyList<string> list)
    {
        var items = Scopes.SelectMany(scope => Get(Policies[scope], ["defaults", .. list, "instances"]) ?? new JArray())
            .Concat(Get(Spec, [.. list]) ?? new JArray());
        foreach (var item in items.OfType<JObject>())
        {
            foreach (var name in _document.MandatoryOf(list).Where(name => item[name] is null
                && !Scopes.Any(scope => Get(Policies[scope], ["defaults", .. list, "attributes", name]) is not null)))
            {
                item[name] = _document.ValuesOf(list, name)[0].DeepClone();
            }

            if (list is ["environmentVariables"])
            {
                item["value"] = "x";
            }
        }
    }

    private static IEnumerable<JToken> Flat(IReadOnlyList<JToken> values) =>
        values.SelectMany(value => value is JArray list ? list : (IEnumerable<JToken>)[value]).Select(value => $"{value}").Distinct()
            .Select(value => (JToken)value);

    private static JToken? Get(JObject root, IReadOnlyList<string> path) =>
        path.Aggregate((JToken?)root, (token, name) => (token as JObject)?[name]);

    private static void Put(JObject root, IReadOnlyList<string> path, JToken value)
    {
        var parent = path.SkipLast(1).Aggregate(root, (inner, name) => (JObject)(inner[name] ??= new JObject()));
        parent[path[^1]] = value;
    }
}
