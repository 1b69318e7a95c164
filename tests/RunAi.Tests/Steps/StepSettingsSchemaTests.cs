using System.Reflection;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class StepSettingsSchemaTests
{
    private static readonly Dictionary<StepSettingKind, Type> Types = new()
    {
        [StepSettingKind.WholeNumber] = typeof(int?),
        [StepSettingKind.Number] = typeof(double?),
        [StepSettingKind.Flag] = typeof(bool?),
        [StepSettingKind.Text] = typeof(string),
        [StepSettingKind.Choice] = typeof(string),
        [StepSettingKind.Quantity] = typeof(string),
        [StepSettingKind.TextList] = typeof(string[]),
        [StepSettingKind.TextMap] = typeof(System.Collections.IDictionary),
        [StepSettingKind.Seconds] = typeof(long?),
        [StepSettingKind.Time] = typeof(TimeSpan?),
    };

    [Fact]
    public void Rows_AndProperties_AreTheSame()
    {
        Dictionary<string, Type> properties = typeof(StepSettings)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => property.Name, property => property.PropertyType);
        Assert.Equal(properties.Keys.Order(), StepSettingsSchema.Rows.Select(row => row.Name).Order());
        Assert.All(StepSettingsSchema.Rows, row => Assert.Equal(Types[row.Kind], properties[row.Name]));
    }

    [Fact]
    public void Rows_Names_AreAllDifferent()
    {
        string[] names = [.. StepSettingsSchema.Rows.SelectMany(row => new[] { row.Name, row.ZenMLName }.Distinct(StringComparer.OrdinalIgnoreCase))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Empty(names.Intersect(StepSettingsSchema.NotAvailable, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Rows_Defaults_KeepToTheirOwnRules() =>
        Assert.All(StepSettingsSchema.Rows.Where(row => row.Default is not null), row => Assert.Empty(row.Rule(row.Default!)));
}
