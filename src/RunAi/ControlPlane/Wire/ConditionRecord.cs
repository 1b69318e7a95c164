namespace RunAi.ControlPlane.Wire;

/// <summary>A condition of a workload (<c>Condition1</c>).</summary>
internal sealed class ConditionRecord
{
    public string Type { get; set; } = "";

    public string Status { get; set; } = "";

    public string? Message { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? LastTransitionTime { get; set; }
}
