namespace RunAi.ControlPlane.Wire;

/// <summary>Series of measurements (<c>MetricsCompositeResponse</c>). Histograms, which only inference services have, are left on the wire.</summary>
internal sealed class MetricsRecord
{
    public IReadOnlyList<MeasurementRecord> Measurements { get; set; } = [];
}
