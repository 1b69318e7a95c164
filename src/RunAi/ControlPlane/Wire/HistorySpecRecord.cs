namespace RunAi.ControlPlane.Wire;

/// <summary>What a history entry tells: an event or a phase.</summary>
internal sealed class HistorySpecRecord
{
    public EventRecord? Event { get; set; }

    public PhaseUpdateRecord? PhaseUpdate { get; set; }
}
