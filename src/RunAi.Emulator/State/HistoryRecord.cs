namespace RunAi.Emulator.State;

/// <summary>One line of a workload's history: an event, or a phase with its message.</summary>
internal sealed record HistoryRecord
{
    public required DateTimeOffset At { get; init; }

    public WorkloadEvent? Event { get; init; }

    public Phase? Phase { get; init; }

    public string? PhaseMessage { get; init; }
}
