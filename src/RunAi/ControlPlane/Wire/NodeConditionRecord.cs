namespace RunAi.ControlPlane.Wire;

/// <summary>Why a node is not ready (<c>NodeStatusConditionDetails</c>).</summary>
internal sealed class NodeConditionRecord
{
    public string Type { get; set; } = "";

    public string? Reason { get; set; }

    public string? Message { get; set; }
}
