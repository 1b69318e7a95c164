using RunAi.Reports.Html;

namespace RunAi.Reports;

/// <summary>Writes reports in each format.</summary>
internal static class ReportWriter
{
    /// <summary>The text of a report.</summary>
    /// <param name="reports">The runs, one at least.</param>
    /// <param name="format">The format.</param>
    /// <param name="madeAt">When it was made.</param>
    public static string Write(IReadOnlyList<RunReport> reports, ReportFormat format, DateTimeOffset madeAt) => format switch
    {
        ReportFormat.Markdown => MarkdownReport.Write(reports, madeAt),
        ReportFormat.Json => JsonReport.Write(reports, madeAt),
        _ => HtmlReport.Write(reports, madeAt),
    };

    /// <summary>What the name of a file of a format ends in.</summary>
    public static string EndingOf(ReportFormat format) => format switch
    {
        ReportFormat.Markdown => ".md",
        ReportFormat.Json => ".json",
        _ => ".html",
    };

    /// <summary>The format that a file's name tells; null for none.</summary>
    public static ReportFormat? FormatOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".MD" or ".MARKDOWN" => ReportFormat.Markdown,
        ".JSON" => ReportFormat.Json,
        ".HTML" or ".HTM" => ReportFormat.Html,
        _ => null,
    };
}
