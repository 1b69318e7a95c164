using RunAi.Reports;

namespace RunAi.Tests.Reports;

/// <summary>How a history becomes the phases of a time line.</summary>
public sealed class PhaseSpanTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Phases_LastUntilTheNext_AndBeginWithTheCreation()
    {
        WorkloadHistoryEntry[] history =
        [
            Entry(5, "Running"), Entry(1, "Pending"), Entry(2, "Pending"), new() { Time = Noon.AddMinutes(3), Reason = "Pulled" },
            Entry(9, "Completed"),
        ];

        var phases = PhaseSpan.OfHistory(history, Noon, Noon.AddMinutes(9));

        Assert.Equal(
            [("Creating", 0, 1), ("Pending", 1, 5), ("Running", 5, 9), ("Completed", 9, 9)],
            phases.Select(phase => (phase.Phase, (int)(phase.Start - Noon).TotalMinutes, (int)(phase.End - Noon).TotalMinutes)));
        Assert.Equal(["waiting", "waiting", "running", "ended"], phases.Select(phase => phase.Kind));
    }

    [Fact]
    public void PhaseThatGoesOn_LastsUntilNow()
    {
        var phase = Assert.Single(
            PhaseSpan.OfHistory([Entry(0, "Creating"), new() { Time = null, Phase = "Running" }], Noon, Noon.AddMinutes(7)));

        Assert.Equal(TimeSpan.FromMinutes(7), phase.Duration);
    }

    [Fact]
    public void Record_TellsTheWaitAndTheRun()
    {
        var run = new StepRun { SubmittedAt = Noon, StartedAt = Noon.AddMinutes(2), EndedAt = Noon.AddMinutes(5) };

        Assert.Equal(
            [("Pending", 2.0), ("Running", 3.0)], PhaseSpan.OfRecord(run).Select(phase => (phase.Phase, phase.Duration.TotalMinutes)));
        Assert.Empty(PhaseSpan.OfRecord(new StepRun()));
    }

    private static WorkloadHistoryEntry Entry(int minute, string phase) => new() { Time = Noon.AddMinutes(minute), Phase = phase };
}
