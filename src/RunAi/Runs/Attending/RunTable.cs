using System.Globalization;
using RunAi.Wording;

namespace RunAi.Runs.Attending;

/// <summary>How many steps ended, as a table of text for a log.</summary>
internal static class RunTable
{
    private static readonly string[] Head = ["Step", "State", "Exit code", "Attempts", "Time", "Workload"];

    /// <summary>The lines: a heading, and one for each step in the order they were given.</summary>
    /// <param name="ended">The name of each step, its run (null for one that came to none), and its failure (null for a success).</param>
    public static IReadOnlyList<string> Lines(IReadOnlyCollection<(string Step, StepRun? Run, RunAiException? Failure)> ended)
    {
        List<string[]> rows = [Head, .. ended.Select(Row)];
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }

    private static string[] Row((string Step, StepRun? Run, RunAiException? Failure) ended) => ended.Run is { } run
        ?
        [
            ended.Step,
            run.IsCached ? $"{run.State} (cached)" : run.State.ToString(),
            run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            run.Attempt.ToString(CultureInfo.InvariantCulture),
            run.EndedAt - run.SubmittedAt is { } time ? Durations.Text(TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds))) : "",
            run.WorkloadName,
        ]
        : [ended.Step, ended.Failure is null ? "Not submitted" : "Refused", "", "", "", ended.Failure?.ErrorId ?? ""];
}
