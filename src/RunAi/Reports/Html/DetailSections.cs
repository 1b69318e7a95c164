using System.Globalization;
using System.Xml.Linq;
using RunAi.RunManifest;

namespace RunAi.Reports.Html;

/// <summary>The parts of a run that are lists and text.</summary>
internal static class DetailSections
{
    public static XElement? Diagnosis(WorkloadDiagnosis? diagnosis) => diagnosis is null ? null : Tag.Of(
        "section",
        Tag.Of("h3", "Diagnosis"),
        Tag.Of("p", Tag.Of("b", diagnosis.Cause.ToString()), ": ", diagnosis.Summary),
        List("What to do", diagnosis.Remedy),
        List("What says so", [.. diagnosis.Evidence.Select(evidence => evidence.ToString())]),
        List("What could not be read", diagnosis.Unread));

    public static XElement? Artifacts(string title, IReadOnlyList<Artifact> artifacts) => artifacts.Count == 0 ? null : Tag.Of(
        "section",
        Tag.Of("h3", title),
        Tag.Of(
            "div",
            Tag.Class("scroll"),
            Tag.Of(
                "table",
                Tag.Of("thead", Tag.Of(
                    "tr", Tag.Of("th", "Name"), Tag.Of("th", "File or folder"), Tag.Of("th", Tag.Class("number"), "Size"),
                    Tag.Of("th", "Digest"))),
                Tag.Of("tbody", artifacts.Select(artifact => Tag.Of(
                    "tr",
                    Tag.Of("th", Tag.Attribute("scope", "row"), artifact.Name),
                    Tag.Of("td", artifact.FileName.Length == 0 ? "(folder)" : artifact.FileName),
                    Tag.Of("td", Tag.Class("number"), ReportText.Bytes(artifact.Size)),
                    Tag.Of("td", Tag.Class("digest"), artifact.Digest)))))));

    public static XElement Settings(RunReport report) => Tag.Of(
        "section",
        Tag.Of("h3", "What was run"),
        Pairs(ReportFigures.Identity.Concat(ReportFigures.Further)
            .Select(figure => (figure.Label, figure.Text(report))).Where(pair => pair.Item2 is { Length: > 0 } and not ReportText.Unknown)),
        report.Settings.Count == 0 ? null : Tag.Of(
            "details",
            Tag.Of("summary", $"Settings in force ({report.Settings.Count})"),
            Pairs(report.Settings.Select(setting => (setting.Path, setting.Value)))));

    public static XElement? Log(IReadOnlyList<LogLine> lines) => lines.Count == 0 ? null : Tag.Of(
        "section",
        Tag.Of("h3", "End of the log"),
        Tag.Of("pre", Tag.Class("log"), Tag.Attribute("tabindex", "0"), lines.Select(Line)));

    public static XElement? Gaps(IReadOnlyList<string> gaps) => gaps.Count == 0 ? null : Tag.Of(
        "section", Tag.Of("h3", "What could not be read"), Tag.Of("ul", gaps.Select(gap => Tag.Of("li", gap))));

    private static XElement Line(LogLine line) => Tag.Of(
        "span",
        line.Stream is { Length: > 0 } stream
            ? Tag.Class(stream == LogEntryHead.Output ? "line" : $"line {(stream == LogEntryHead.Errors ? "stderr" : "runner")}")
            : Tag.Class("line"),
        line.Time is { } time ? Tag.Of("time", time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)) : null,
        line.ToString() + "\n");

    private static XElement? List(string title, IReadOnlyList<string> items) => items.Count == 0 ? null : Tag.Of(
        "div", Tag.Of("h4", title), Tag.Of("ul", items.Select(item => Tag.Of("li", item))));

    private static XElement Pairs(IEnumerable<(string Label, string Text)> pairs) => Tag.Of(
        "dl", Tag.Class("pairs"), pairs.SelectMany(pair => new[] { Tag.Of("dt", pair.Label), Tag.Of("dd", pair.Text) }));
}
