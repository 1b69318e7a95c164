namespace RunAi.ControlPlane.Wire;

/// <summary>An entry of a workload's history (<c>HistoryRecord1</c>).</summary>
internal sealed class HistoryRecord
{
    public Metadata Meta { get; set; } = new();

    public Content Spec { get; set; } = new();

    /// <summary>
    /// When a history entry arose and of which kind it is: <c>Event</c> or <c>PhaseUpdate</c> (<c>HistoryRecordMeta</c>).
    /// </summary>
    internal sealed class Metadata
    {
        public DateTimeOffset? CreationTimestamp { get; set; }

        public string Type { get; set; } = "";
    }

    /// <summary>What a history entry tells: an event or a phase.</summary>
    internal sealed class Content
    {
        public EventRecord? Event { get; set; }

        public PhaseChange? PhaseUpdate { get; set; }
    }

    /// <summary>A phase a workload went into (<c>PhaseUpdate</c>).</summary>
    internal sealed class PhaseChange
    {
        public string Phase { get; set; } = "";

        public string? PhaseMessage { get; set; }
    }
}
