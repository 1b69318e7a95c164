using RunAi.Emulator.State;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema Project.</summary>
internal sealed record ProjectRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required Guid ClusterId { get; init; }

    public required string ParentId { get; init; }

    public required UnitRef Parent { get; init; }

    public required bool EnforceRunaiScheduler { get; init; }

    public required IReadOnlyList<string> DefaultNodePools { get; init; }

    public required EffectiveRow Effective { get; init; }

    public required IReadOnlyList<ResourcesRow> Resources { get; init; }

    public required TotalResourcesRow TotalResources { get; init; }

    public required ProjectStatusRow Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required string UpdatedBy { get; init; }

    public static ProjectRow Of(Project project, ControlPlane plane)
    {
        List<string> pools = [.. project.DefaultNodePools.Select(pool => pool.Name)];
        return new ProjectRow
        {
            Id = project.Id,
            Name = project.Name,
            Description = project.Description ?? "",
            ClusterId = project.Cluster.Uuid,
            ParentId = project.Department.Id.ToString(),
            Parent = new(project.Department.Id, project.Department.Name),
            EnforceRunaiScheduler = true,
            DefaultNodePools = pools,
            Effective = new(pools),
            Resources = QuotaView.Resources(project.Quotas),
            TotalResources = QuotaView.Total(project.Quotas),
            Status = new(project.Namespace, "Ready", "Project is ready", QuotaView.PerPool(plane, project), QuotaView.Sum(plane, project)),
            CreatedAt = plane.Organisation.CreatedAt,
            UpdatedAt = plane.Organisation.CreatedAt,
            CreatedBy = "emulator",
            UpdatedBy = "emulator",
        };
    }
}
