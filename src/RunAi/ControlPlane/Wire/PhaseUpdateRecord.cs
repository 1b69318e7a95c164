namespace RunAi.ControlPlane.Wire;

/// <summary>A phase a workload went into (<c>PhaseUpdate</c>).</summary>
internal sealed class PhaseUpdateRecord
{
    public string Phase { get; set; } = "";

    public string? PhaseMessage { get; set; }
}
