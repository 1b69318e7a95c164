namespace RunAi.ControlPlane.Wire;

/// <summary>A project with its quota and use (<c>Project</c>).</summary>
internal sealed class ProjectRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string ClusterId { get; set; } = "";

    public string? ParentId { get; set; }

    public ProjectParentRecord? Parent { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public ProjectStatusRecord? Status { get; set; }

    public IReadOnlyList<ProjectResourcesRecord> Resources { get; set; } = [];

    public IReadOnlyList<string> DefaultNodePools { get; set; } = [];

    public ProjectEffectiveRecord? Effective { get; set; }
}
