using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>Which outcome of the timetable a workload gets.</summary>
internal sealed class Outcomes(SeedTimetable timetable)
{
    private static readonly SeedOutcome Usual = new();

    public SeedOutcome For(Workload workload) =>
        timetable.Outcomes.FirstOrDefault(outcome => Matches(outcome, workload)) ?? Usual;

    public TimeSpan RunTime(Workload workload) =>
        TimeSpan.FromSeconds(For(workload).RunningSeconds ?? timetable.RunningSeconds);

    private static bool Matches(SeedOutcome outcome, Workload workload)
    {
        var spec = workload.Spec;
        return Fits(outcome.Name, workload.Name)
            && Fits(outcome.Image, (string?)spec["image"])
            && Fits(outcome.Command, $"{(string?)spec["command"]} {(string?)spec["args"]}".Trim())
            && (outcome.Label is null || (spec["labels"] as JsonArray ?? []).OfType<JsonObject>()
                .Any(label => Fits(outcome.Label, $"{(string?)label["name"]}={(string?)label["value"]}")));
    }

    private static bool Fits(string? pattern, string? text) => pattern is null || Glob.IsMatch(pattern, text ?? "");
}
