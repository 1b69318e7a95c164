using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>What the last attempt asked for against what it used, and what to ask for next time.</summary>
internal static class UsageSection
{
    public static XElement? Of(RunReport report)
    {
        if (report.Usage is not { } usage)
        {
            return null;
        }

        XElement?[] rows =
        [
            usage.GpuUtilizationPeak is null ? null : Row("GPU use", "%", 100, usage.GpuUtilizationMean, usage.GpuUtilizationPeak),
            Row("GPU memory", "bytes", usage.GpuMemoryRequested, null, usage.GpuMemoryPeak),
            Row("CPU", "cores", usage.CpuRequested, usage.CpuMean, usage.CpuPeak),
            Row("Memory", "bytes", usage.MemoryRequested, null, usage.MemoryPeak),
        ];
        return rows.All(row => row is null) && usage.Reasons.Count == 0 ? null : Tag.Of(
            "section",
            Tag.Of("h3", "Asked for and used"),
            Tag.Of(
                "div",
                Tag.Class("scroll"),
                Tag.Of(
                    "table",
                    Tag.Of("thead", Tag.Of(
                        "tr",
                        Tag.Of("th", ""),
                        Tag.Of("th", Tag.Class("number"), "asked"),
                        Tag.Of("th", Tag.Class("number"), "mean"),
                        Tag.Of("th", Tag.Class("number"), "peak"),
                        Tag.Of("th", Tag.Class("wide"), "peak of what was asked"))),
                    Tag.Of("tbody", rows.OfType<XElement>()))),
            Advice(usage));
    }

    private static XElement? Row(string label, string unit, double? asked, double? mean, double? peak) =>
        asked is null && peak is null ? null : Tag.Of(
            "tr",
            Tag.Of("th", Tag.Attribute("scope", "row"), label),
            Tag.Of("td", Tag.Class("number"), ReportText.Value(asked, unit)),
            Tag.Of("td", Tag.Class("number"), ReportText.Value(mean, unit)),
            Tag.Of("td", Tag.Class("number"), ReportText.Value(peak, unit)),
            Tag.Of("td", asked is > 0 && peak is { } used ? Bar(used / asked.Value) : ReportText.Unknown));

    /// <summary>A bar as long as the part of it; more than all of it is told by its number.</summary>
    private static XElement Bar(double part) => Tag.Of(
        "div",
        Tag.Class("meter"),
        Tag.Of(
            "svg",
            Tag.Attribute("viewBox", "0 0 100 8"),
            Tag.Attribute("preserveAspectRatio", "none"),
            Tag.Attribute("aria-hidden", "true"),
            Tag.Of("rect", Tag.Class("track"), Tag.Attribute("width", 100), Tag.Attribute("height", 8)),
            Tag.Of("rect", Tag.Class(part > 1 ? "fill over" : "fill"), Tag.Attribute("width", Math.Min(1, part) * 100),
                Tag.Attribute("height", 8))),
        Tag.Of("span", ReportText.Percent(part * 100)));

    private static XElement? Advice(WorkloadUsage usage) => usage.Reasons.Count == 0 ? null : Tag.Of(
        "div",
        Tag.Class("advice"),
        Tag.Of("h4", "Ask next time for"),
        Tag.Of("ul", usage.Reasons.Select(reason => Tag.Of("li", reason))),
        ReportText.Hashtable(usage.SuggestedSettings) is { } settings ? Tag.Of("pre", $"-Settings {settings}") : null);
}
