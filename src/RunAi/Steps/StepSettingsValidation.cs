namespace RunAi.Steps;

/// <summary>
/// Checks settings against their rules, each alone and all together. What nobody set is not judged, so a part that is
/// yet to be merged passes; <c>SettingDefaults</c> fills in what is missing before the last check.
/// </summary>
internal static class StepSettingsValidation
{
    /// <summary>Everything that is wrong, in the order of the settings.</summary>
    public static IReadOnlyList<Violation> Violations(StepSettings settings)
    {
        var violations = new List<Violation>();
        foreach (StepSetting row in StepSettingsSchema.Rows)
        {
            if (settings[row.Name] is not { } value)
            {
                continue;
            }

            if (row.Kind == StepSettingKind.Choice && !row.Options.Contains((string)value, StringComparer.Ordinal))
            {
                violations.Add(new Violation(row.Name, $"'{value}' is none of {string.Join(", ", row.Options)}."
                    + (NearestName.Of((string)value, row.Options) is { } near ? $" Did you mean {near}?" : "")));
            }

            violations.AddRange(row.Rule(value).Select(flaw => new Violation(row.Name, flaw)));
        }

        var faulty = new HashSet<string>(violations.Select(violation => violation.Field));
        violations.AddRange(StepSettingsRelations.Violations(settings, faulty));
        string[] order = [.. StepSettingsSchema.Rows.Select(row => row.Name)];
        return [.. violations.OrderBy(violation => Array.IndexOf(order, violation.Field))];
    }

    /// <summary>Throws when anything is wrong.</summary>
    /// <exception cref="StepSettingsException">At least one setting breaks a rule.</exception>
    public static void ThrowIfInvalid(StepSettings settings) => Throw(ErrorIds.InvalidStepSettings, Violations(settings));

    /// <summary>Throws when there is a violation.</summary>
    public static void Throw(string errorId, IReadOnlyList<Violation> violations)
    {
        if (violations.Count > 0)
        {
            throw new StepSettingsException(errorId, violations) { Target = violations[0].Field };
        }
    }
}
