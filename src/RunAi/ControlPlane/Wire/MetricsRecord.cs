namespace RunAi.ControlPlane.Wire;

/// <summary>
/// Series of measurements (<c>MetricsCompositeResponse</c>). Histograms, which only inference services have, are left on the wire.
/// </summary>
internal sealed class MetricsRecord
{
    public IReadOnlyList<Measurement> Measurements { get; set; } = [];

    /// <summary>One series (<c>MeasurementResponse</c>); where nothing was measured it has gaps, or no values at all.</summary>
    internal sealed class Measurement
    {
        public string Type { get; set; } = "";

        public IReadOnlyDictionary<string, string>? Labels { get; set; }

        public IReadOnlyList<Sample>? Values { get; set; }
    }

    /// <summary>One number, written as text, and its time.</summary>
    internal sealed class Sample
    {
        public string Value { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }
    }
}
