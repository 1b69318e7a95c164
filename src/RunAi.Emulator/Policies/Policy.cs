using System.Text.Json.Nodes;

namespace RunAi.Emulator.Policies;

/// <summary>A stored policy: whose, who put it there and when, its defaults and rules as they were sent.</summary>
internal sealed record Policy
{
    public required Guid Id { get; init; }

    public required PolicyScope Scope { get; init; }

    public required string Name { get; init; }

    public required JsonObject Content { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
