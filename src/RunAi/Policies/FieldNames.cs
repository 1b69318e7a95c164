using RunAi.Steps;

namespace RunAi.Policies;

/// <summary>What users call the fields of a spec.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string> OfSteps = new(StringComparer.Ordinal)
    {
        ["image"] = nameof(Step.Image),
        ["command"] = nameof(Step.Command),
        ["args"] = nameof(Step.Command),
        ["environmentVariables"] = nameof(Step.Environment),
    };

    /// <summary>
    /// The parameter that sets a field, such as <c>GpuDevicesRequest</c> or <c>Mount.ReadOnly</c>; the field itself when none does.
    /// </summary>
    public static string SettingOf(string field)
    {
        var root = field.Split('.')[0];
        return OfSteps.TryGetValue(root, out var name)
            ? $"{name}{field.Substring(root.Length)}"
            : Of(StepSettingsSchema.Rows, field) ?? field;
    }

    private static string? Of(IEnumerable<StepSetting> rows, string field)
    {
        foreach (var row in rows.Where(row => row.WirePath is not null))
        {
            if (Below(field, row.WirePath!) is { } rest)
            {
                return rest.Length == 0 || row.Groups.Any(kind => kind.WireName == rest) ? row.Name : $"{row.Name}.{Inside(row, rest)}";
            }
        }

        return null;
    }

    private static string Inside(StepSetting row, string rest) =>
        row.Groups.Select(kind => (kind.WireName is null ? rest : Below(rest, kind.WireName)) is { } below ? Of(kind.Rows, below) : null)
            .FirstOrDefault(name => name is not null) ?? rest;

    /// <summary>What of a field comes after a path that it is or begins with; null when it does not.</summary>
    private static string? Below(string field, string path) =>
        field == path ? "" : field.StartsWith(path + ".", StringComparison.Ordinal) ? field.Substring(path.Length + 1) : null;
}
