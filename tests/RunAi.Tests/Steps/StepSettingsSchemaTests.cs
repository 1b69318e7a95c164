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
        [StepSettingKind.ChoiceList] = typeof(string[]),
    };

    public static TheoryData<Type> Groups => new(Tables.Keys);

    /// <summary>Every table, by the type of its groups.</summary>
    private static Dictionary<Type, SettingSchema[]> Tables =>
        StepSettingsSchema.Rows.SelectMany(row => row.Groups).Prepend(StepSettingsSchema.Table)
            .GroupBy(schema => schema.Create().GetType()).ToDictionary(kinds => kinds.Key, kinds => kinds.ToArray());

    [Theory]
    [MemberData(nameof(Groups))]
    public void Rows_AndProperties_AreTheSame(Type group)
    {
        SettingSchema[] kinds = Tables[group];
        string[] described = kinds.Length > 1 ? ["Kind", "Source"] : [];
        Dictionary<string, Type> properties = group.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !described.Contains(property.Name)).ToDictionary(
                property => property.Name, property => property.PropertyType);
        StepSetting[] rows = [.. kinds.SelectMany(kind => kind.Rows).DistinctBy(row => row.Name)];
        Assert.Equal(properties.Keys.Order(), rows.Select(row => row.Name).Order());
        Assert.All(rows, row => Assert.Equal(TypeOf(row), properties[row.Name]));
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Properties_HoldTheirOwnRow(Type group)
    {
        foreach (SettingSchema schema in Tables[group])
        {
            SettingGroup settingGroup = schema.Create();
            foreach (StepSetting row in schema.Rows)
            {
                var value = Sample(row);
                settingGroup[row.Name] = value;
                Assert.Equal(row.Normalise(value), group.GetProperty(row.Name)!.GetValue(settingGroup));
                settingGroup[row.Name] = null;
                Assert.Null(group.GetProperty(row.Name)!.GetValue(settingGroup));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Rows_NamesAndFields_AreAllDifferent(Type group) => Assert.All(Tables[group], schema =>
    {
        string[] names = [.. schema.Rows.SelectMany(row => row.Names.Distinct(StringComparer.OrdinalIgnoreCase))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string[] fields = [.. schema.Rows.Select(row => row.WirePath).OfType<string>()];
        Assert.Equal(fields.Length, fields.Distinct().Count());
    });

    [Fact]
    public void Rows_Defaults_KeepToTheirOwnRules() =>
        Assert.All(StepSettingsSchema.Rows.Where(row => row.Default is not null), row => Assert.Empty(row.Rule(row.Default!)));

    private static Type TypeOf(StepSetting row) => row.Kind switch
    {
        StepSettingKind.Group => row.Groups[0].Create().GetType(),
        StepSettingKind.GroupList => row.Groups[0].Create().GetType().MakeArrayType(),
        _ => Types[row.Kind],
    };

    private static object Sample(StepSetting row) => row.Kind switch
    {
        StepSettingKind.Group => row.Groups[0].Create(),
        StepSettingKind.GroupList => Array.CreateInstance(row.Groups[0].Create().GetType(), 1),
        StepSettingKind.WholeNumber => 7,
        StepSettingKind.Number => 0.7,
        StepSettingKind.Flag => true,
        StepSettingKind.TextList or StepSettingKind.ChoiceList => new[] { "seven" },
        StepSettingKind.TextMap => new Dictionary<string, string> { ["seven"] = "7" },
        StepSettingKind.Seconds => 7L,
        StepSettingKind.Time => TimeSpan.FromSeconds(7),
        _ => "seven",
    };
}
