namespace RunAi.ControlPlane.Wire;

/// <summary>
/// When a history entry arose and of which kind it is: <c>Event</c> or <c>PhaseUpdate</c> (<c>HistoryRecordMeta</c>).
/// </summary>
internal sealed class HistoryMetaRecord
{
    public DateTimeOffset? CreationTimestamp { get; set; }

    public string Type { get; set; } = "";
}
