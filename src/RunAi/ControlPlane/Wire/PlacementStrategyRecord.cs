namespace RunAi.ControlPlane.Wire;

/// <summary><c>spread</c> or <c>binpack</c>, for each resource.</summary>
internal sealed class PlacementStrategyRecord
{
    public string? Cpu { get; set; }

    public string? Gpu { get; set; }
}
