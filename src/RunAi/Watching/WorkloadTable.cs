using System.Globalization;
using RunAi.Redaction;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>Draws workloads as a table of lines that fit a terminal.</summary>
internal sealed class WorkloadTable
{
    private const string Reset = "\x1b[0m";
    private const int LongestName = 40;

    private static readonly (string Title, int Width)[] Fixed =
    [
        ("PHASE", 12), ("POOL", 10), ("GPU", 6), ("USE", 5), ("WAITED", 10), ("RAN", 10),
    ];

    private readonly int _width;
    private readonly bool _isColoured;
    private readonly Func<string, double?> _useOf;

    /// <param name="width">The columns of the terminal.</param>
    /// <param name="isColoured">True to colour phases with ANSI sequences, which take no columns.</param>
    /// <param name="useOf">How busy the GPUs of a workload are, in percent, by its id; null where that is not known.</param>
    public WorkloadTable(int width, bool isColoured, Func<string, double?>? useOf = null) =>
        (_width, _isColoured, _useOf) = (Math.Max(width, 40), isColoured, useOf ?? (_ => null));

    /// <summary>A head, and a line for each workload; how many more there are where they do not fit.</summary>
    public IReadOnlyList<string> Draw(IReadOnlyList<Workload> workloads, int most)
    {
        if (workloads.Count == 0)
        {
            return ["No workload."];
        }

        var shown = workloads.Take(workloads.Count > most ? Math.Max(most - 1, 1) : most).ToArray();
        var name = Math.Min(LongestName, Math.Max("NAME".Length, shown.Max(workload => workload.Name.Length)));
        List<string> lines = [Line(name, "NAME", [.. Fixed.Select(column => column.Title)], "WHY", null)];
        lines.AddRange(shown.Select(workload => Line(name, workload.Name, Cells(workload), Why(workload), ColourOf(workload.Phase))));
        if (shown.Length < workloads.Count)
        {
            lines.Add($"... and {workloads.Count - shown.Length} more");
        }

        return lines;
    }

    /// <summary>A workload in one line without a table.</summary>
    public static string Describe(Workload workload)
    {
        var why = Why(workload);
        return $"{Clean(workload.Name)} {Clean(workload.Phase)}{(why.Length == 0 ? "" : $": {why}")}";
    }

    private string[] Cells(Workload workload) =>
    [
        workload.Phase,
        workload.NodePool ?? "",
        (workload.GpuAllocated ?? workload.GpuRequested)?.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
        _useOf(workload.WorkloadId) is { } use ? use.ToString("0", CultureInfo.InvariantCulture) + " %" : "",
        Clock(workload.PendingTime),
        Clock(workload.RunningTime),
    ];

    private static string Why(Workload workload) =>
        WorkloadPhases.IsRunning(workload.Phase) || WorkloadPhases.Classify(workload.Phase) == PhaseClass.Succeeded ? ""
            : Clean(workload.PendingReasons.Count > 0 ? workload.PendingReasons[0] : workload.PhaseMessage);

    private static string? ColourOf(string phase) => WorkloadPhases.Classify(phase) switch
    {
        PhaseClass.Failed => "\x1b[31m",
        PhaseClass.Active when WorkloadPhases.IsRunning(phase) => "\x1b[32m",
        PhaseClass.Active => "\x1b[33m",
        PhaseClass.Succeeded => "\x1b[36m",
        _ => "\x1b[90m",
    };

    private static string Clock(TimeSpan? time) => time is { } known
        ? known.ToString(known.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture)
        : "";

    private static string Clean(string? text) => CleanText.Of(text);

    private static string Fit(string text, int width)
    {
        text = Clean(text);
        return text.Length <= width ? text.PadRight(width) : text.Remove(width - 3).Insert(width - 3, "...");
    }

    private string Line(int nameWidth, string name, string[] cells, string why, string? colour)
    {
        var parts = new List<string> { Fit(name, nameWidth) };
        var used = nameWidth;
        for (var i = 0; i < Fixed.Length && used + 1 + Fixed[i].Width <= _width; i++)
        {
            var cell = Fit(cells[i], Fixed[i].Width);
            parts.Add(i == 0 && colour is not null && _isColoured ? colour + cell + Reset : cell);
            used += 1 + Fixed[i].Width;
        }

        // A line that fills the terminal would wrap in some.
        var rest = _width - used - 2;
        if (rest >= 8)
        {
            parts.Add(Fit(why, rest).TrimEnd());
        }

        return string.Join(" ", parts).TrimEnd();
    }
}
