using System.Collections;
using System.Globalization;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>Reads a group of settings, and the groups in it, from dictionaries, and tells everything that is wrong at once.</summary>
internal sealed class SettingGroupReader
{
    private readonly List<Violation> _violations = [];
    private readonly HashSet<SettingSchema> _listed = [];

    private SettingGroupReader()
    {
    }

    /// <summary>Reads and checks a group.</summary>
    /// <param name="kinds">The tables of the kinds it may be.</param>
    /// <param name="values">Its settings, by any of their names.</param>
    /// <exception cref="StepSettingsException">A key is not known or given twice, or values break rules; all are listed.</exception>
    public static SettingGroup Read(IReadOnlyList<SettingSchema> kinds, IDictionary values)
    {
        var reader = new SettingGroupReader();
        SettingGroup? group = reader.Group(kinds, values, "");
        if (group is not null)
        {
            var told = new HashSet<string>(reader._violations.Select(violation => violation.Field));
            reader._violations.AddRange(StepSettingsValidation.Violations(group).Where(violation => !told.Contains(violation.Field)));
        }

        StepSettingsValidation.Throw(
            ErrorIds.InvalidStepSettings,
            group is null ? reader._violations : StepSettingsValidation.InOrder(group.Schema, reader._violations));
        return group!;
    }

    /// <summary>Reads a group that is part of something else. What breaks its own rules is for whoever checks the whole.</summary>
    /// <param name="schema">The group's table.</param>
    /// <param name="values">Its settings, by any of their names.</param>
    /// <param name="path">Where it stands, with a point at the end.</param>
    /// <param name="violations">Takes what cannot be read.</param>
    public static SettingGroup Read(SettingSchema schema, IDictionary values, string path, List<Violation> violations)
    {
        var reader = new SettingGroupReader();
        SettingGroup group = reader.Group([schema], values, path)!;
        violations.AddRange(reader._violations);
        return group;
    }

    private SettingGroup? Group(IReadOnlyList<SettingSchema> kinds, IDictionary values, string path)
    {
        var keys = new SettingKeys(values);
        if (keys.Choose(kinds, path, _violations) is not { } schema)
        {
            return null;
        }

        SettingGroup group = schema.Create();
        var given = new Dictionary<StepSetting, string>();
        foreach ((var key, var row, var raw) in keys.Rows(schema))
        {
            if (row is null)
            {
                _violations.Add(Unknown(schema, path + key, key));
            }
            else if (given.TryGetValue(row, out var other) && !IsPartOfList(row, key))
            {
                _violations.Add(new Violation(path + row.Name, $"is given twice, as {other} and as {key}. Give it once."));
            }
            else
            {
                given[row] = key;
                if (raw is not null && Value(row, key, raw, path, group[row.Name]) is { } value)
                {
                    group[row.Name] = value;
                }
            }
        }

        return group;
    }

    private object? Value(StepSetting row, string key, object raw, string path, object? before)
    {
        if (row.Kind == StepSettingKind.Group)
        {
            return Item(row.Groups, raw, path + row.Name);
        }

        if (row.Kind == StepSettingKind.GroupList)
        {
            return Items(row, key, raw, path + row.Name, before as Array);
        }

        var value = SettingValue.Read(row.Kind, raw, out var flaw);
        if (value is null)
        {
            _violations.Add(new Violation(path + row.Name, flaw));
        }

        return value;
    }

    private Array Items(StepSetting row, string key, object raw, string path, Array? before)
    {
        SettingSchema[] ofKey = [.. row.Groups.Where(schema => schema.ListName is { } name && SettingKeys.Same(name, key))];
        IReadOnlyList<SettingSchema> kinds = ofKey.Length > 0 ? ofKey : row.Groups;
        var items = new List<SettingGroup>(before?.Cast<SettingGroup>() ?? []);
        var at = items.Count;
        foreach (var candidate in SettingValue.Items(raw))
        {
            if (Item(kinds, candidate, string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", path, at++)) is { } item)
            {
                items.Add(item);
            }
        }

        var typed = Array.CreateInstance(row.Groups[0].Create().GetType(), items.Count);
        ((ICollection)items).CopyTo(typed, 0);
        return typed;
    }

    private SettingGroup? Item(IReadOnlyList<SettingSchema> kinds, object? raw, string path)
    {
        SettingSchema first = kinds[0];
        if (raw is SettingGroup ready && kinds.Any(kind => ready.Schema == kind))
        {
            return ready;
        }

        if (SettingValue.Dictionary(raw) is { } values)
        {
            return Group(kinds, values, path + ".");
        }

        if (first.Short is { } name && raw is IConvertible)
        {
            return Group(kinds, new Hashtable { [name] = raw }, path + ".");
        }

        _violations.Add(new Violation(path, $"is not {first.What}. Give a table such as {first.Example}, or what its New- command makes."));
        return null;
    }

    /// <summary>True for a key such as <c>pvc_mounts</c>, which adds to a list that others name too.</summary>
    private static bool IsPartOfList(StepSetting row, string key) =>
        row.Groups.Any(schema => schema.ListName is { } name && SettingKeys.Same(name, key));

    private Violation Unknown(SettingSchema schema, string path, string key)
    {
        var zenML = key.Contains('_');
        string[] names = [.. schema.Rows.Select(row => zenML ? row.ZenMLName : row.Name)];
        var (advice, isList) = Suggestion.Of(key, names);
        var isListed = isList && !_listed.Add(schema);
        return new Violation(path, $"is not a setting of {schema.What}. {(isListed ? "See the names above." : advice)}");
    }
}
