namespace RunAi.ControlPlane.Wire;

/// <summary>A request and limit as Kubernetes quantities (<c>RequestResourceQuantity</c>).</summary>
internal sealed class QuantityRecord
{
    public string? Request { get; set; }

    public string? Limit { get; set; }
}
