using System.Text.Json.Nodes;

namespace RunAi.Emulator.Templates;

/// <summary>A stored training template: whose, who put it there and when, and its spec as it was sent.</summary>
internal sealed record WorkloadTemplate
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>system, tenant, cluster, department or project.</summary>
    public required string ScopeType { get; init; }

    public required string ScopeId { get; init; }

    public required JsonObject Spec { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it cannot be submitted as it is; null when it can.</summary>
    public string? Issue => Spec["image"] is null ? "mandatory image is not provided" : null;
}
