using System.Globalization;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>
/// Checks settings against their rules, each alone and all together. What nobody set is not judged, so a part that is
/// yet to be merged passes; <c>SettingDefaults</c> fills in what is missing before the last check.
/// </summary>
internal static class StepSettingsValidation
{
    /// <summary>Everything that is wrong, also in the groups that a group holds, in the order of the settings.</summary>
    public static IReadOnlyList<Violation> Violations(SettingGroup group)
    {
        List<Violation> violations = [.. group.Schema.Rows.SelectMany(row => OfRow(group, row))];
        var faulty = new HashSet<string>(violations.Select(violation => violation.Field));
        violations.AddRange(group.Schema.Relations(group, faulty));
        return InOrder(group.Schema, violations);
    }

    /// <summary>Violations in the order of the settings they are of; those of no setting come first.</summary>
    public static IReadOnlyList<Violation> InOrder(SettingSchema schema, IEnumerable<Violation> violations)
    {
        string[] order = [.. schema.Rows.Select(row => row.Name)];
        return [.. violations.OrderBy(violation => Array.IndexOf(order, violation.Field.Split('.', '[')[0]))];
    }

    private static IEnumerable<Violation> OfRow(SettingGroup group, StepSetting row)
    {
        switch (group[row.Name])
        {
            case null:
                return row.Required is { } how && !group.IsExcluded ? [new Violation(row.Name, $"is missing. {how}")] : [];
            case SettingGroup inner:
                return Within(inner, row.Name);
            case SettingGroup[] items:
                return items.SelectMany((item, at) => Within(item, string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", row.Name, at)));
            case string[] words when row.Options.Count > 0:
                return words.SelectMany(word => OfWord(row, word)).Concat(row.Rule(words).Select(flaw => new Violation(row.Name, flaw)));
            case string word when row.Kind == StepSettingKind.Choice:
                return OfWord(row, word).Concat(row.Rule(word).Select(flaw => new Violation(row.Name, flaw)));
            case { } value:
                return row.Rule(value).Select(flaw => new Violation(row.Name, flaw));
        }
    }

    private static IEnumerable<Violation> Within(SettingGroup group, string path) =>
        Violations(group).Select(violation => new Violation($"{path}.{violation.Field}", violation.Message));

    private static IEnumerable<Violation> OfWord(StepSetting row, string word) => row.Options.Contains(word, StringComparer.Ordinal)
        ? []
        : [new Violation(row.Name, $"'{word}' is none of {string.Join(", ", row.Options)}."
            + (NearestName.Of(word, row.Options) is { } near ? $" Did you mean {near}?" : ""))];

    /// <summary>Throws when anything is wrong.</summary>
    /// <exception cref="StepSettingsException">At least one setting breaks a rule.</exception>
    public static void ThrowIfInvalid(SettingGroup settings) => Throw(ErrorIds.InvalidStepSettings, Violations(settings));

    /// <summary>Throws when there is a violation.</summary>
    public static void Throw(string errorId, IReadOnlyList<Violation> violations)
    {
        if (violations.Count > 0)
        {
            throw new StepSettingsException(errorId, violations) { Target = violations[0].Field };
        }
    }
}
