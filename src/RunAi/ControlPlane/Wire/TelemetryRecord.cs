namespace RunAi.ControlPlane.Wire;

/// <summary>One number for each group (<c>TelemetryResponse</c>).</summary>
internal sealed class TelemetryRecord
{
    public string Type { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public IReadOnlyList<TelemetryValueRecord> Values { get; set; } = [];
}
