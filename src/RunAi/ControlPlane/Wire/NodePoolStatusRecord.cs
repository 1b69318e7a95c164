namespace RunAi.ControlPlane.Wire;

/// <summary>What a node pool consists of now.</summary>
internal sealed class NodePoolStatusRecord
{
    public IReadOnlyList<string> Nodes { get; set; } = [];
}
