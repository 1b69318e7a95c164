using RunAi.Wording;

namespace RunAi;

/// <summary>An entry of a workload's history: a phase it went into, or an event.</summary>
public sealed class WorkloadHistoryEntry
{
    /// <summary>When it was, by the server's clock.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary><c>PhaseUpdate</c> or <c>Event</c>, in the control plane's words.</summary>
    public string Type { get; set; } = "";

    /// <summary>The phase it went into; null for an event.</summary>
    public string? Phase { get; set; }

    /// <summary>The event's reason; null for a phase.</summary>
    public string? Reason { get; set; }

    /// <summary>What happened, in the control plane's words.</summary>
    public string Message { get; set; } = "";

    /// <summary>The workload's id.</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The phase, or the event's reason.</summary>
    public string What => Phase ?? Reason ?? Type;

    /// <summary>The entry on one line.</summary>
    /// <returns>The time of day in the zone of this machine, phase or reason, and message.</returns>
    public override string ToString() => $"{Moments.TimeOfDay(Time)} {What}: {Message}";
}
