using System.Collections;

namespace RunAi.Steps;

/// <summary>Lays a group's own settings over the operator's defaults.</summary>
internal static class SettingGroupMerge
{
    public static SettingGroup Merge(SettingGroup own, SettingGroup defaults)
    {
        SettingGroup merged = own.Schema.Create();
        foreach (StepSetting row in own.Schema.Rows)
        {
            var inherited = own.Schema.Inherits(own, row) ? defaults[row.Name] : null;
            merged[row.Name] = (own[row.Name], inherited) switch
            {
                (IDictionary over, IDictionary under) => TextMap.Merge(over, under),
                // A group with mandatory settings is whole in itself, and so are alternatives: more of them would allow more.
                (SettingGroup over, SettingGroup under) when over.Schema.Rows.All(part => part.Required is null) => Merge(over, under),
                (SettingGroup[] over, SettingGroup[] under) when row.Form == WireForm.Plain => Join(over, under),
                (var over, var under) => over ?? under,
            };
        }

        return merged;
    }

    /// <summary>The items of both; an own one takes the place of the default that is the same.</summary>
    private static Array Join(SettingGroup[] own, SettingGroup[] defaults)
    {
        var taken = new HashSet<string>(own.Select(item => item.Schema.Identity(item)));
        SettingGroup[] joined = [.. own, .. defaults.Where(item => !taken.Contains(item.Schema.Identity(item)))];
        var typed = Array.CreateInstance(own.GetType().GetElementType()!, joined.Length);
        Array.Copy(joined, typed, joined.Length);
        return typed;
    }
}
