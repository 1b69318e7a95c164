using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>All that a page tells of one run.</summary>
internal static class RunSection
{
    public static XElement Of(RunReport report, string anchor, bool isOnly) => Tag.Of(
        "section",
        Tag.Class("run"),
        Tag.Attribute("id", anchor),
        Tag.Of(
            "header",
            Tag.Of(isOnly ? "h1" : "h2", report.Run.StepName, " ", Badge(report.Run.State)),
            Tag.Of("p", Tag.Class("identity"), report.Run.RunId, " · ", report.Run.WorkloadName, Link(report.Run.Url))),
        report.Run.Message is { Length: > 0 } message ? Tag.Of("p", Tag.Class("message"), message) : null,
        report.Run.IsCached
            ? Tag.Of("p", "Nothing was run: the outputs are those of an earlier run with the same code, data and settings.")
            : null,
        Tiles(report),
        TimelineSection.Of(report),
        CurveSection.Of(report),
        UsageSection.Of(report),
        DetailSections.Diagnosis(report.Diagnosis),
        DetailSections.Artifacts("Inputs", report.Inputs),
        DetailSections.Artifacts("Outputs", [.. report.Run.Outputs.Values]),
        DetailSections.Settings(report),
        DetailSections.Log(report.Log),
        DetailSections.Gaps(report.Gaps));

    /// <summary>The state in a word, with a colour that only repeats it.</summary>
    public static XElement Badge(StepRunState state) => Tag.Of("span", Tag.Class($"badge {KindOf(state)}"), $"{MarkOf(state)} {state}");

    private static XElement Tiles(RunReport report) => Tag.Of(
        "dl",
        Tag.Class("tiles"),
        ReportFigures.Main.Skip(1)
            .Select(figure => (figure.Label, Text: figure.Text(report)))
            .Where(figure => figure.Text != ReportText.Unknown)
            .Select(figure => Tag.Of("div", Tag.Of("dt", figure.Label), Tag.Of("dd", figure.Text))));

    /// <summary>A link to the control plane; an address that is none of the web is text.</summary>
    private static XElement? Link(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Tag.Of("span", " · ", Tag.Of("a", Tag.Attribute("href", uri!.AbsoluteUri), Tag.Attribute("rel", "noreferrer"), "in Run:ai"))
            : null;

    private static string KindOf(StepRunState state) => state switch
    {
        StepRunState.Succeeded => "good",
        StepRunState.Failed or StepRunState.TimedOut or StepRunState.Deleted => "bad",
        StepRunState.Stopped => "held",
        _ => "open",
    };

    private static string MarkOf(StepRunState state) => KindOf(state) switch
    {
        "good" => "✓",
        "bad" => "✕",
        "held" => "‖",
        _ => "…",
    };
}
