using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>
/// A report as one HTML page that needs nothing from elsewhere: no script, no font, no picture. Its policy forbids a browser to fetch or
/// run anything.
/// </summary>
internal static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>The page.</summary>
    /// <param name="reports">The runs; several are compared before each has its own part.</param>
    /// <param name="madeAt">When the report was made.</param>
    public static string Write(IReadOnlyList<RunReport> reports, DateTimeOffset madeAt)
    {
        var title = TitleOf(reports);
        var page = Tag.Of(
            "html",
            Tag.Attribute("lang", "en"),
            Tag.Of(
                "head",
                Tag.Of("meta", Tag.Attribute("charset", "utf-8")),
                Tag.Of("meta", Tag.Attribute("http-equiv", "Content-Security-Policy"), Tag.Attribute("content", Policy)),
                Tag.Of("meta", Tag.Attribute("name", "viewport"), Tag.Attribute("content", "width=device-width, initial-scale=1")),
                Tag.Of("meta", Tag.Attribute("name", "color-scheme"), Tag.Attribute("content", "light dark")),
                Tag.Of("title", title),
                Tag.Of("style", Style())),
            Tag.Of(
                "body",
                Tag.Of(
                    "main",
                    reports.Count > 1 ? Tag.Of("h1", title) : null,
                    reports.Count > 1 ? ComparisonSection.Of(reports) : null,
                    reports.Select((report, index) => RunSection.Of(report, AnchorOf(index), isOnly: reports.Count == 1)),
                    Tag.Of("footer", $"Made by RunAi on {ReportText.Time(madeAt)} UTC. All times are in UTC, by the control plane's clock. "
                        + "Numbers between two samples are not seen."))));
        return "<!DOCTYPE html>\n" + page.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    /// <summary>What the page is called.</summary>
    public static string TitleOf(IReadOnlyList<RunReport> reports) => reports.Count == 1
        ? $"Run of {reports[0].Run.StepName}"
        : $"{reports.Count} runs of {string.Join(", ", reports.Select(report => report.Run.StepName).Distinct())}";

    /// <summary>The place of a run in the page.</summary>
    public static string AnchorOf(int index) => $"run-{index + 1}";

    /// <summary>The style sheet. It has none of the characters that a tree encodes, since a browser takes it as it stands.</summary>
    private static string Style()
    {
        using var resource = typeof(HtmlReport).Assembly.GetManifestResourceStream("RunAi.report.css")!;
        using var reader = new StreamReader(resource);
        return "\n" + reader.ReadToEnd();
    }
}
