namespace RunAi.Emulator.Api.Wire;

/// <summary>The event or the phase of a history record.</summary>
internal sealed record HistorySpecRow(EventRow? Event, PhaseUpdateRow? PhaseUpdate);
