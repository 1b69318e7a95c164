using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Redaction;

namespace RunAi.Reports;

/// <summary>A setting of a specification: its path in the request, and its value as text.</summary>
/// <param name="Path">The path, for example <c>compute.gpuDevicesRequest</c>.</param>
/// <param name="Value">The value; of an environment variable nothing, since a report may be read by more people than the values are
/// for.</param>
internal sealed record ReportedSetting(string Path, string Value)
{
    /// <summary>What stands for the value of an environment variable.</summary>
    public const string Withheld = "(not shown)";

    private const string Variables = "environmentVariables";

    /// <summary>The settings of a specification; those that are null are left out.</summary>
    public static IReadOnlyList<ReportedSetting> Of(JObject? spec) => spec is null ? [] : [.. Leaves(spec, "")];

    private static IEnumerable<ReportedSetting> Leaves(JToken token, string path) => token switch
    {
        JObject { Count: 2 } pair when pair["name"] is JValue && pair["value"] is JValue value => Leaves(value, path),
        JObject group => group.Properties().SelectMany(property => property is { Name: Variables, Value: JArray variables }
            ? variables.OfType<JObject>()
                .Select(variable => new ReportedSetting($"{Join(path, Variables)}.{CleanText.Of((string?)variable["name"])}", Withheld))
            : Leaves(property.Value, Join(path, CleanText.Of(property.Name)))),
        JArray items => items.SelectMany((item, index) => Leaves(item, $"{path}["
            + $"{((string?)(item as JObject)?["name"] is { } name ? CleanText.Of(name) : index.ToString(CultureInfo.InvariantCulture))}]")),
        JValue { Value: not null } value =>
            [new ReportedSetting(path, CleanText.Of(Convert.ToString(value.Value, CultureInfo.InvariantCulture), 2000))],
        _ => [],
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
