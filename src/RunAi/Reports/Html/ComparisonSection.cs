using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>
/// Several runs side by side: figures, the settings in which they differ, and each metric on one scale from each run's beginning.
/// </summary>
internal static class ComparisonSection
{
    public static XElement Of(IReadOnlyList<RunReport> reports) => Tag.Of(
        "section",
        Tag.Class("comparison"),
        Tag.Of("h2", "Comparison"),
        Tag.Of(
            "div",
            Tag.Class("scroll"),
            Tag.Of(
                "table",
                Tag.Of("thead", Tag.Of("tr", Tag.Of("th", ""), reports.Select((report, index) => Tag.Of(
                    "th", Tag.Of("a", Tag.Attribute("href", $"#{HtmlReport.AnchorOf(index)}"), NameOf(report)),
                    Tag.Of("small", report.Run.RunId))))),
                Tag.Of("tbody", Rows(reports)))),
        Curves(reports));

    private static IEnumerable<XElement> Rows(IReadOnlyList<RunReport> reports)
    {
        yield return Row("State", reports, report => RunSection.Badge(report.Run.State));
        foreach (var figure in ReportFigures.Main.Skip(1).Concat(ReportFigures.Further))
        {
            if (reports.Any(report => figure.Text(report) != ReportText.Unknown))
            {
                yield return Row(figure.Label, reports, figure.Text);
            }
        }

        if (reports.Select(report => report.Run.Image).Distinct().Skip(1).Any())
        {
            yield return Row("Image", reports, report => report.Run.Image ?? ReportText.Unknown);
        }

        var outputs = reports.SelectMany(report => report.Run.Outputs.Keys).Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var output in outputs)
        {
            yield return Row($"Output {output}", reports, report =>
                report.Run.Outputs.TryGetValue(output, out var artifact) ? Short(artifact.Digest) : ReportText.Unknown);
        }

        foreach (var path in ReportDifferences.Of(reports))
        {
            yield return Row(path, reports, report => ReportDifferences.ValueOf(report, path));
        }
    }

    private static XElement Row(string label, IReadOnlyList<RunReport> reports, Func<RunReport, object> cell) => Tag.Of(
        "tr", Tag.Of("th", Tag.Attribute("scope", "row"), label), reports.Select(report => Tag.Of("td", cell(report))));

    /// <summary>
    /// Each metric of all runs below each other. Times are those since each run's beginning, so that equal widths are equal times.
    /// </summary>
    private static IEnumerable<XElement> Curves(IReadOnlyList<RunReport> reports)
    {
        var measured = reports.Where(report => report.Start is not null)
            .SelectMany(report => MeasuredCurve.Of(report).Select(curve => (Report: report, Curve: curve))).ToArray();
        if (measured.Length == 0)
        {
            yield break;
        }

        var longest = measured.Max(item => item.Report.End!.Value - item.Report.Start!.Value);
        foreach (var metric in measured.GroupBy(item => item.Curve.Title))
        {
            var top = metric.Max(item => item.Curve.Top);
            yield return Tag.Of("h3", $"{metric.Key} since the first submission");
            yield return Tag.Of("div", Tag.Class("curves many"), metric.Select(item =>
            {
                var start = item.Report.Start!.Value;
                return CurveSection.Figure(item.Curve, NameOf(item.Report), new TimeAxis(start, start + longest), top, Elapsed(longest));
            }));
        }
    }

    private static XElement Elapsed(TimeSpan longest) => Tag.Of(
        "div", Tag.Class("axis"),
        new[] { 0, 0.5, 1 }.Select(part => Tag.Of("span", ReportText.Duration(TimeSpan.FromTicks((long)(longest.Ticks * part))))));

    /// <summary>The step, and the end of the run's id, which tells runs of one step apart.</summary>
    private static string NameOf(RunReport report) =>
        $"{report.Run.StepName} {report.Run.RunId[Math.Max(0, report.Run.RunId.Length - 6)..]}";

    private static string Short(string digest) => digest.Length > 19 ? $"{digest.Remove(19)}…" : digest;
}
