namespace RunAi.ControlPlane.Wire;

/// <summary>One series (<c>MeasurementResponse</c>); where nothing was measured it has gaps, or no values at all.</summary>
internal sealed class MeasurementRecord
{
    public string Type { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    public IReadOnlyList<SampleRecord>? Values { get; set; }
}
