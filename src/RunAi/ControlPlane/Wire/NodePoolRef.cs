namespace RunAi.ControlPlane.Wire;

/// <summary>A node pool by id and name, inside a project's resources.</summary>
internal sealed class NodePoolRef
{
    public string Id { get; set; } = "";

    public string? Name { get; set; }
}
