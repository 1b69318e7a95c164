using System.Globalization;
using RunAi.Wording;

namespace RunAi.Runs;

/// <summary>A run in a few figures, for its last line and for reports.</summary>
/// <param name="Run">The run as it stands.</param>
/// <param name="Usage">What its last attempt used; null when it was not measured.</param>
internal sealed record RunFigures(StepRun Run, WorkloadUsage? Usage)
{
    /// <summary>The time from the last attempt's submission until it ran; null when it did not.</summary>
    public TimeSpan? Waited => Run.StartedAt - Run.SubmittedAt is { } time && time >= TimeSpan.Zero ? time : null;

    /// <summary>
    /// The time that the last attempt ran, time in the queue between preemptions left aside where that is known; null when it did not run.
    /// </summary>
    public TimeSpan? Ran => Usage?.RunningTime is { } told && told > TimeSpan.Zero ? told
        : Run.EndedAt - Run.StartedAt is { } time && time >= TimeSpan.Zero ? time : null;

    /// <summary>How often workloads of the run, of all attempts, went back to the queue.</summary>
    public int Preemptions => Run.Preemptions + Run.EarlierAttempts.Sum(attempt => attempt.Preemptions);

    /// <summary>The end of the run on one line: state, times, GPU hours, mean GPU use, preemptions, outputs, address.</summary>
    /// <returns>For example <c>runai-train-4g7c2h9k: Succeeded, exit code 0, waited 00:03:05, ran 00:42:10, 0.35 GPU hours, mean GPU use 71
    /// %, 1 preemption, output model. https://...</c>.</returns>
    public string Line()
    {
        string?[] parts =
        [
            Run.IsCached ? $"{Run.State} from an earlier run" : $"{Run.State}",
            Run.ExitCode is { } code ? $"exit code {code}" : null,
            Waited is { } waited ? $"waited {Clock(waited)}" : Run.EndedAt - Run.SubmittedAt is { } time ? $"after {Clock(time)}" : null,
            Ran is { } ran ? $"ran {Clock(ran)}" : null,
            Usage is { GpuRequested: > 0, GpuHours: { } hours } ? $"{Number(hours, hours < 0.1 ? "0.####" : "0.##")} GPU hours" : null,
            Usage is { GpuRequested: > 0, GpuUtilizationMean: { } mean } ? $"mean GPU use {Number(mean, "0")} %" : null,
            Counted(Preemptions, "preemption"),
            Counted(Run.EarlierAttempts.Length, "earlier attempt"),
            Run.Outputs.Count == 0 ? null : $"{(Run.Outputs.Count == 1 ? "output" : "outputs")} {string.Join(", ", Run.Outputs.Keys)}",
        ];
        return $"{Run.WorkloadName}: {string.Join(", ", parts.OfType<string>())}. {Run.Url}".TrimEnd();
    }

    private static string? Counted(int count, string what) => count == 0 ? null : count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan time) => Durations.Text(TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds))));
}
