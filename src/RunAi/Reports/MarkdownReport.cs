using System.Text;
using RunAi.Measuring;

namespace RunAi.Reports;

/// <summary>A report as Markdown (CommonMark with tables), for a wiki, an issue or the summary of a pipeline's job.</summary>
internal static class MarkdownReport
{
    private const int CurveColumns = 60;

    /// <summary>Every mark that means something to a reader of Markdown.</summary>
    private const string Marks = @"\`*_{}[]<>()#+!|&~$:@";

    /// <summary>The text.</summary>
    /// <param name="reports">The runs; several are compared before each has its own part.</param>
    /// <param name="madeAt">When the report was made.</param>
    public static string Write(IReadOnlyList<RunReport> reports, DateTimeOffset madeAt)
    {
        var text = new StringBuilder();
        if (reports.Count > 1)
        {
            text.Append($"# {reports.Count} runs\n\n");
            Table(text, ["", .. reports.Select(report => $"{Plain(report.Run.StepName)} {report.Run.RunId}")], Compared(reports));
        }

        foreach (var report in reports)
        {
            One(text, report, reports.Count > 1 ? "##" : "#");
        }

        return text.Append(
            $"_Made by RunAi on {ReportText.Time(madeAt)} UTC. All times are in UTC, by the control plane's clock._\n").ToString();
    }

    /// <summary>Text on one line in which no mark means anything.</summary>
    public static string Plain(string? text)
    {
        var plain = new StringBuilder();
        foreach (var c in text ?? "")
        {
            plain.Append(Marks.Contains(c) ? $@"\{c}" : char.IsControl(c) ? " " : c.ToString());
        }

        return plain.ToString();
    }

    private static IEnumerable<string[]> Compared(IReadOnlyList<RunReport> reports) =>
        ReportFigures.Main.Concat(ReportFigures.Further)
            .Select(figure => new[] { figure.Label }.Concat(reports.Select(report => Plain(figure.Text(report)))).ToArray())
            .Where(row => row.Skip(1).Any(cell => cell != ReportText.Unknown))
            .Concat(ReportDifferences.Of(reports).Select(path => new[] { Plain(path) }
                .Concat(reports.Select(report => Plain(ReportDifferences.ValueOf(report, path)))).ToArray()));

    private static void One(StringBuilder text, RunReport report, string level)
    {
        text.Append($"{level} {Plain(report.Run.StepName)}: {report.Run.State}\n\n");
        if (report.Run.Message is { Length: > 0 } message)
        {
            text.Append($"> {Plain(message)}\n\n");
        }

        Table(text, ["", ""], ReportFigures.Main.Concat(ReportFigures.Identity).Concat(ReportFigures.Further)
            .Select(figure => new[] { figure.Label, Plain(figure.Text(report)) })
            .Where(row => row[1].Length > 0 && row[1] != ReportText.Unknown));
        Table(text, $"{level}# Time line", ["Attempt", "Phase", "From", "For"], report.Attempts.SelectMany(attempt =>
            attempt.Phases.Select(phase => new[]
            {
                ReportText.Count(attempt.Attempt), Plain(phase.Phase), ReportText.Time(phase.Start),
                phase.Kind == "ended" ? "" : ReportText.Duration(phase.Duration),
            })));
        Curves(text, report, level);
        List(text, $"{level}# Ask next time for", report.Usage?.Reasons ?? []);
        if (report.Diagnosis is { } diagnosis)
        {
            List(text, $"{level}# Diagnosis", [
                diagnosis.ToString(), .. diagnosis.Remedy, .. diagnosis.Evidence.Select(evidence => evidence.ToString())]);
        }

        Artifacts(text, $"{level}# Inputs", report.Inputs);
        Artifacts(text, $"{level}# Outputs", report.Run.Outputs.Values);
        Table(text, $"{level}# Settings", ["Setting", "Value"], report.Settings.Select(setting =>
            new[] { Plain(setting.Path), Plain(setting.Value) }));
        if (report.Log.Count > 0)
        {
            text.Append($"{level}# End of the log\n\n");
            Block(text, report.Log.Select(line => line.ToString()));
        }

        List(text, $"{level}# What could not be read", report.Gaps);
    }

    private static void Curves(StringBuilder text, RunReport report, string level)
    {
        var curves = MeasuredCurve.Of(report);
        if (curves.Count == 0)
        {
            return;
        }

        text.Append($"{level}# Use over time\n\n");
        var width = curves.Max(curve => curve.Title.Length);
        Block(text, curves.Select(curve =>
        {
            var line = Sparkline.Draw(curve.Points, report.Start!.Value, report.End!.Value, curve.Top, CurveColumns, isAscii: false);
            return $"{curve.Title.PadRight(width)} {line.PadRight(CurveColumns)}"
                + $" {ReportText.Value(curve.Minimum, curve.Unit)} / {ReportText.Value(curve.Mean, curve.Unit)} / "
                + $"{ReportText.Value(curve.Maximum, curve.Unit)} (min / mean / max)";
        }));
    }

    private static void Artifacts(StringBuilder text, string title, IEnumerable<Artifact> artifacts) =>
        Table(text, title, ["Name", "Size", "Digest"], artifacts.Select(artifact =>
            new[] { Plain(artifact.Name), ReportText.Bytes(artifact.Size), Plain(artifact.Digest) }));

    private static void List(StringBuilder text, string title, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            text.Append($"{title}\n\n").Append(string.Concat(items.Select(item => $"- {Plain(item)}\n"))).Append('\n');
        }
    }

    private static void Table(StringBuilder text, string title, string[] heads, IEnumerable<string[]> rows)
    {
        if (rows.ToArray() is { Length: > 0 } some)
        {
            text.Append($"{title}\n\n");
            Table(text, heads, some);
        }
    }

    private static void Table(StringBuilder text, string[] heads, IEnumerable<string[]> rows)
    {
        foreach (var row in new[] { heads, [.. heads.Select(_ => "---")] }.Concat(rows))
        {
            text.Append($"| {string.Join(" | ", row)} |\n");
        }

        text.Append('\n');
    }

    /// <summary>Lines as they are. The fence is longer than any that they hold.</summary>
    private static void Block(StringBuilder text, IEnumerable<string> lines)
    {
        var all = string.Join("\n", lines.Select(line => line.Replace('\r', ' ').Replace('\n', ' ')));
        var fence = "```";
        while (all.Contains(fence))
        {
            fence += "`";
        }

        text.Append($"{fence}text\n{all}\n{fence}\n\n");
    }
}
