using System.Collections;
using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Policies;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>Settings' values as the API takes them.</summary>
internal static class WireValue
{
    /// <summary>A setting's value: a scalar, an array, an object, or what its <see cref="WireForm"/> says.</summary>
    /// <param name="row">The setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="policy">The policy, which may have a say in what a group implies.</param>
    /// <param name="path">The field of the spec, dotted, as policies name it.</param>
    public static JToken Of(StepSetting row, object value, PolicyView policy, string path) => value switch
    {
        string[] list when row.Form == WireForm.CommaJoined => new JValue(string.Join(",", list)),
        string[] list when row.Form == WireForm.Flags => new JObject(row.Options.Select(word => new JProperty(word, list.Contains(word)))),
        string[] list => new JArray(list),
        IDictionary map => new JArray(map.Entries().Select(entry => Pair(row.Form, (string)entry.Key, (string)entry.Value!))),
        SettingGroup group => Group(group, policy, path),
        SettingGroup[] groups when row.Form == WireForm.SelectorTerms => SelectorTerms(groups, policy, path),
        SettingGroup[] groups when row.Groups.Count > 1 => new JObject(groups
            .GroupBy(group => group.Schema)
            .OrderBy(kind => row.Groups.ToList().IndexOf(kind.Key))
            .Select(kind => new JProperty(kind.Key.WireName!, Items(kind, policy, $"{path}.{kind.Key.WireName}")))),
        SettingGroup[] groups => Items(groups, policy, path),
        _ => new JValue(value),
    };

    /// <summary>An item of <c>labels</c>, <c>annotations</c> or <c>environmentVariables</c>.</summary>
    public static JObject NameAndValue(string name, string value) => new() { ["name"] = name, ["value"] = value };

    /// <summary>Puts a value at a dotted path.</summary>
    public static void Put(JObject spec, string path, JToken value)
    {
        var names = path.Split('.');
        JObject parent = spec;
        foreach (var name in names.Take(names.Length - 1))
        {
            parent = (JObject)(parent[name] ??= new JObject());
        }

        parent[names[names.Length - 1]] = value;
    }

    private static JObject Pair(WireForm form, string name, string value) => form switch
    {
        WireForm.KeysAndValues => new() { ["key"] = name, ["value"] = value },
        WireForm.ResourcesAndQuantities => new() { ["resource"] = name, ["quantity"] = value },
        _ => NameAndValue(name, value),
    };

    private static JArray Items(IEnumerable<SettingGroup> groups, PolicyView policy, string path) =>
        new(groups.Select(group => Group(group, policy, path + ".attributes")));

    private static JObject Group(SettingGroup group, PolicyView policy, string path)
    {
        var json = new JObject();
        foreach (StepSetting row in group.Schema.Rows.Where(row => row.WirePath is not null))
        {
            if ((group[row.Name] ?? Implied(group, row, policy, $"{path}.{row.WirePath}")) is { } value)
            {
                Put(json, row.WirePath!, Of(row, value, policy, $"{path}.{row.WirePath}"));
            }
        }

        return json;
    }

    /// <summary>What goes without saying, unless the policy says it, or the item is only named to be left out.</summary>
    private static object? Implied(SettingGroup group, StepSetting row, PolicyView policy, string path) =>
        group.IsExcluded || policy.Decides(path) ? null : row.Implied?.Invoke(group);

    /// <summary>Requirements by term: all of a term must hold, and one term.</summary>
    private static JObject SelectorTerms(SettingGroup[] requirements, PolicyView policy, string path) => new()
    {
        ["nodeSelectorTerms"] = new JArray(requirements
            .GroupBy(requirement => Convert.ToInt32(requirement["Term"] ?? 1, CultureInfo.InvariantCulture))
            .OrderBy(term => term.Key)
            .Select(term =>
                new JObject { ["matchExpressions"] = new JArray(term.Select(settingGroup => Group(settingGroup, policy, path))) })),
    };
}
