namespace RunAi.ControlPlane.Wire;

/// <summary>A priority of workloads (<c>WorkloadPriority</c>); the greater value goes first.</summary>
internal sealed class PriorityRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public int Value { get; set; }
}
