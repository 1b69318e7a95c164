using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>What was measured over time, a picture for each metric over the same span as the time line.</summary>
internal static class CurveSection
{
    private const double Height = 100;

    public static XElement? Of(RunReport report)
    {
        var curves = MeasuredCurve.Of(report);
        if (curves.Count == 0 || report.Start is not { } start || report.End is not { } end)
        {
            return null;
        }

        var axis = new TimeAxis(start, end);
        return Tag.Of(
            "section",
            Tag.Of("h3", "Use over time"),
            Tag.Of("div", Tag.Class("curves"), curves.Select(curve => Figure(curve, curve.Title, axis, curve.Top, axis.Labels()))));
    }

    /// <summary>One picture with its numbers.</summary>
    /// <param name="curve">What was measured.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="axis">The span of time it is drawn over.</param>
    /// <param name="top">The value at its upper edge.</param>
    /// <param name="labels">What stands below it.</param>
    public static XElement Figure(MeasuredCurve curve, string title, TimeAxis axis, double top, XElement labels) => Tag.Of(
        "figure",
        Tag.Of("figcaption", Tag.Of("b", title), Tag.Of("span", Tag.Class("numbers"), Numbers(curve))),
        Tag.Of(
            "div",
            Tag.Class("plot"),
            Tag.Of("span", Tag.Class("top"), ReportText.Value(top, curve.Unit)),
            Tag.Of(
                "svg",
                Tag.Attribute("viewBox", FormattableString.Invariant($"0 0 {TimeAxis.Width} {Height}")),
                Tag.Attribute("preserveAspectRatio", "none"),
                Tag.Attribute("role", "img"),
                Tag.Attribute("aria-label", $"{title}: {Numbers(curve)}"),
                new[] { 0, 0.5, 1 }.Select(part => Line("grid", part * Height)),
                curve.Stretches().Select(stretch => Tag.Of("path", Tag.Class("area"), Tag.Attribute("d", Area(stretch, axis, top)))),
                curve.Stretches().Select(stretch => Tag.Of("path", Tag.Class("curve"), Tag.Attribute("d", Outline(stretch, axis, top)))),
                curve.Asked is > 0 and { } asked && asked <= top ? Line("asked", Y(asked, top)) : null)),
        labels);

    private static string Numbers(MeasuredCurve curve) =>
        $"min {ReportText.Value(curve.Minimum, curve.Unit)} · mean {ReportText.Value(curve.Mean, curve.Unit)} · max "
        + $"{ReportText.Value(curve.Maximum, curve.Unit)}"
        + (curve.Asked is > 0 and { } asked ? $" · asked {ReportText.Value(asked, curve.Unit)}" : "");

    private static XElement Line(string kind, double y) => Tag.Of(
        "line", Tag.Class(kind), Tag.Attribute("x1", 0), Tag.Attribute("x2", TimeAxis.Width), Tag.Attribute("y1", y),
        Tag.Attribute("y2", y));

    private static string Outline(IReadOnlyList<(DateTimeOffset Time, double Value)> points, TimeAxis axis, double top)
    {
        var path = new StringBuilder();
        foreach (var (time, value) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').AppendFormat(
                CultureInfo.InvariantCulture, "{0:0.#} {1:0.#}", axis.At(time), Y(value, top));
        }

        // One point alone is a short line.
        return points.Count > 1 ? path.ToString() : path.Append("h2").ToString();
    }

    private static string Area(IReadOnlyList<(DateTimeOffset Time, double Value)> points, TimeAxis axis, double top) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}L{1:0.#} {2}L{3:0.#} {2}Z",
        Outline(points, axis, top),
        axis.At(points[points.Count - 1].Time),
        Height,
        axis.At(points[0].Time));

    private static double Y(double value, double top) => Height * (1 - Math.Max(0, Math.Min(1, value / top)));
}
