using RunAi.Steps;

namespace RunAi.Reports;

/// <summary>Finds the settings in which runs differ.</summary>
internal static class ReportDifferences
{
    /// <summary>Their paths in order. What every run has of its own, such as the label with its id, is left out.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<RunReport> reports) =>
        from path in reports.SelectMany(report => report.Settings).Select(setting => setting.Path).Distinct(StringComparer.Ordinal)
        where path.IndexOf($"labels[{RunLabels.Prefix}", StringComparison.Ordinal) < 0
        where reports.Select(report => ValueOf(report, path)).Distinct(StringComparer.Ordinal).Skip(1).Any()
        orderby path
        select path;

    /// <summary>A run's value of a setting; a dash for none.</summary>
    public static string ValueOf(RunReport report, string path) =>
        report.Settings.FirstOrDefault(setting => setting.Path == path)?.Value ?? ReportText.Unknown;
}
