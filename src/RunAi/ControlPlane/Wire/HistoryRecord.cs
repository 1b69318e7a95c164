namespace RunAi.ControlPlane.Wire;

/// <summary>An entry of a workload's history (<c>HistoryRecord1</c>).</summary>
internal sealed class HistoryRecord
{
    public HistoryMetaRecord Meta { get; set; } = new();

    public HistorySpecRecord Spec { get; set; } = new();
}
