namespace RunAi.ControlPlane.Wire;

/// <summary>One number, written as text, and its time.</summary>
internal sealed class SampleRecord
{
    public string Value { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }
}
