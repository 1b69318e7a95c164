using System.Collections;
using System.Globalization;
using System.Reflection;

namespace RunAi.Help;

/// <summary>A row of the library's table of step settings, as far as a reader needs it.</summary>
/// <param name="Name">The name in PowerShell.</param>
/// <param name="OtherNames">ZenML's name, and more names that are read.</param>
/// <param name="Field">The field in the request, below <c>spec</c>; null where none is sent.</param>
/// <param name="Default">What is sent when nobody set it, in invariant text; null when it is then left out.</param>
internal sealed record SettingRow(string Name, IReadOnlyList<string> OtherNames, string? Field, string? Default)
{
    /// <summary>All rows, in the order of the table. The module must be imported; its types are in a load context of their own.</summary>
    public static IReadOnlyList<SettingRow> All()
    {
        var schema = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "RunAi")
            .Select(assembly => assembly.GetType("RunAi.Steps.StepSettingsSchema")).OfType<Type>().First();
        var rows = (IEnumerable)schema.GetField("Rows", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return [.. rows.Cast<object>().Select(Of)];
    }

    private static SettingRow Of(object row)
    {
        var name = (string)Value(row, "Name")!;
        var names = ((IEnumerable<string>)Value(row, "Names")!).Where(other => other != name);
        return new SettingRow(
            name,
            [.. names.Distinct(StringComparer.OrdinalIgnoreCase)],
            (string?)Value(row, "WirePath"),
            Value(row, "Default") switch
            {
                null => null,
                double number => number.ToString("0.0##", CultureInfo.InvariantCulture),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            });
    }

    private static object? Value(object row, string property) => row.GetType().GetProperty(property)!.GetValue(row);
}
