using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>The attempts of a run below each other, each with the phases of its workload over one span of time.</summary>
internal static class TimelineSection
{
    private const double Height = 20;

    private static readonly (string Kind, string Label)[] Legend =
        [("waiting", "waits"), ("starting", "starts"), ("running", "runs"), ("stopping", "is suspended or removed"), ("ended", "ended")];

    public static XElement? Of(RunReport report)
    {
        if (report.Start is not { } start || report.End is not { } end || report.Attempts.All(attempt => attempt.Phases.Count == 0))
        {
            return null;
        }

        var axis = new TimeAxis(start, end);
        var kinds = report.Attempts.SelectMany(attempt => attempt.Phases).Select(phase => phase.Kind).ToArray();
        return Tag.Of(
            "section",
            Tag.Of("h3", "Time line"),
            report.Attempts.Select(attempt => Row(attempt, axis)),
            axis.Labels(),
            Tag.Of("ul", Tag.Class("legend"), Legend.Where(entry => kinds.Contains(entry.Kind))
                .Select(entry => Tag.Of("li", Tag.Of("i", Tag.Class(entry.Kind)), entry.Label))),
            Table(report.Attempts));
    }

    private static XElement Row(AttemptReport attempt, TimeAxis axis) => Tag.Of(
        "div",
        Tag.Class("attempt"),
        Tag.Of("p", $"Attempt {attempt.Attempt}: {attempt.State}{(attempt.Cause is { } cause ? $" ({cause})" : "")}"
            + $"{(attempt.Preemptions > 0 ? $", preempted {attempt.Preemptions} times" : "")}"),
        Tag.Of(
            "svg",
            Tag.Class("strip"),
            Tag.Attribute("viewBox", FormattableString.Invariant($"0 0 {TimeAxis.Width} {Height}")),
            Tag.Attribute("preserveAspectRatio", "none"),
            Tag.Attribute("role", "img"),
            Tag.Attribute("aria-label", string.Join(", ", attempt.Phases.Select(Describe))),
            attempt.Phases.Select(phase => Bar(phase, axis))));

    /// <summary>A phase; one that is over at once is still to be seen.</summary>
    private static XElement Bar(PhaseSpan phase, TimeAxis axis)
    {
        var (left, right) = (axis.At(phase.Start), axis.At(phase.End));
        var width = Math.Max(phase.Kind == "ended" ? 4 : 1.5, right - left);
        return Tag.Of(
            "rect",
            Tag.Class(phase.Kind),
            Tag.Attribute("x", Math.Min(left, TimeAxis.Width - width)),
            Tag.Attribute("y", 0),
            Tag.Attribute("width", width),
            Tag.Attribute("height", Height),
            Tag.Of("title", Describe(phase)));
    }

    private static string Describe(PhaseSpan phase) => phase.Kind == "ended"
        ? $"{phase.Phase} at {ReportText.Time(phase.Start)}"
        : $"{phase.Phase} from {ReportText.Time(phase.Start)} for {ReportText.Duration(phase.Duration)}";

    private static XElement Table(IReadOnlyList<AttemptReport> attempts) => Tag.Of(
        "details",
        Tag.Of("summary", "Phases"),
        Tag.Of(
            "div",
            Tag.Class("scroll"),
            Tag.Of(
                "table",
                Tag.Of("thead", Tag.Of(
                    "tr", Tag.Of("th", "Attempt"), Tag.Of("th", "Phase"), Tag.Of("th", "From"), Tag.Of("th", Tag.Class("number"), "For"))),
                Tag.Of("tbody", attempts.SelectMany(attempt => attempt.Phases.Select(phase => Tag.Of(
                    "tr",
                    Tag.Of("td", attempt.Attempt),
                    Tag.Of("td", phase.Phase),
                    Tag.Of("td", ReportText.Time(phase.Start)),
                    Tag.Of("td", Tag.Class("number"), phase.Kind == "ended" ? "" : ReportText.Duration(phase.Duration)))))))));
}
