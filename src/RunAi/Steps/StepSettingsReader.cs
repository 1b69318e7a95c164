using System.Collections;
using System.Globalization;

namespace RunAi.Steps;

/// <summary>Reads step settings from a dictionary and tells everything that is wrong with it at once.</summary>
internal static class StepSettingsReader
{
    public static StepSettings Read(IDictionary values)
    {
        var settings = new StepSettings();
        var violations = new List<Violation>();
        var given = new Dictionary<StepSetting, string>();
        foreach (DictionaryEntry entry in values)
        {
            var key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (StepSettingsSchema.Find(key) is not { } row)
            {
                violations.Add(Unknown(key));
            }
            else if (given.TryGetValue(row, out var other))
            {
                violations.Add(new Violation(row.Name, $"is given twice, as {other} and as {key}. Give it once."));
            }
            else
            {
                given.Add(row, key);
                if (entry.Value is { } raw)
                {
                    Set(settings, row, raw, violations);
                }
            }
        }

        violations.AddRange(StepSettingsValidation.Violations(settings));
        StepSettingsValidation.Throw(ErrorIds.InvalidStepSettings, violations);
        return settings;
    }

    private static void Set(StepSettings settings, StepSetting row, object raw, List<Violation> violations)
    {
        if (SettingValue.Read(row.Kind, raw, out var flaw) is { } value)
        {
            settings[row.Name] = value;
        }
        else
        {
            violations.Add(new Violation(row.Name, flaw));
        }
    }

    private static Violation Unknown(string key)
    {
        if (StepSettingsSchema.NotAvailable.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            return new Violation(key, "is not available in this version. "
                + "Leave it out, or put it into a template and set WorkloadTemplateId.");
        }

        var zenML = key.Contains('_');
        string[] names = [.. StepSettingsSchema.Rows.Select(row => zenML ? row.ZenMLName : row.Name)];
        return new Violation(key, $"is not a step setting. {Suggestion.For(key, names)}");
    }
}
