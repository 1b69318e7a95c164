namespace RunAi.ControlPlane.Wire;

/// <summary>By what telemetry was grouped, and which group it is: its id or name in <see cref="Value"/>.</summary>
internal sealed class TelemetryGroupRecord
{
    public string Key { get; set; } = "";

    public string Value { get; set; } = "";

    public string? Name { get; set; }
}
