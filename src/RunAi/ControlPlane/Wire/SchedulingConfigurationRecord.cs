namespace RunAi.ControlPlane.Wire;

/// <summary>How a node pool places work (<c>SchedulingConfiguration</c>).</summary>
internal sealed class SchedulingConfigurationRecord
{
    public PlacementStrategyRecord? PlacementStrategy { get; set; }

    /// <summary>A duration such as <c>5d8h40m</c>; absent or <c>0</c> when nothing is guaranteed.</summary>
    public string? MinGuaranteedRuntime { get; set; }
}
