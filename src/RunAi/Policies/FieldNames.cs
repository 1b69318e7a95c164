using RunAi.Steps;

namespace RunAi.Policies;

/// <summary>What users call the fields of a spec.</summary>
internal static class FieldNames
{
    private static readonly (string Field, string Setting)[] OfSteps =
    [
        ("image", nameof(Step.Image)),
        ("command", nameof(Step.Command)),
        ("args", nameof(Step.Command)),
        ("environmentVariables", nameof(Step.Environment)),
        ("imagePullSecrets", nameof(StepOperator.ImagePullSecretName)),
    ];

    /// <summary>The parameter that sets a field, such as <c>GpuDevicesRequest</c>; the field itself when none does.</summary>
    public static string SettingOf(string field)
    {
        var rows = StepSettingsSchema.Rows.Where(row => row.WirePath is not null).Select(row => (Field: row.WirePath!, Setting: row.Name)).Concat(OfSteps);
        var nearest = rows.Where(row => IsWithin(field, row.Field)).OrderByDescending(row => row.Field.Length).FirstOrDefault();
        return nearest.Setting is null ? field
            : field.Length == nearest.Field.Length ? nearest.Setting
            : $"{nearest.Setting}{field.Substring(nearest.Field.Length)}";
    }

    private static bool IsWithin(string field, string outer) =>
        field.StartsWith(outer, StringComparison.Ordinal) && (field.Length == outer.Length || field[outer.Length] == '.');
}
