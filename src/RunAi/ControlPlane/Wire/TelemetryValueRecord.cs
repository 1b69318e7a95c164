namespace RunAi.ControlPlane.Wire;

/// <summary>A number, written as text, and the groups it belongs to.</summary>
internal sealed class TelemetryValueRecord
{
    public string Value { get; set; } = "";

    public IReadOnlyList<TelemetryGroupRecord> Groups { get; set; } = [];
}
