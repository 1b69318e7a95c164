namespace RunAi.ControlPlane.Wire;

/// <summary>The department a project belongs to (<c>DepartmentProjectParent</c>).</summary>
internal sealed class ProjectParentRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";
}
