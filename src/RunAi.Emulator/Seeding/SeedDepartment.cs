namespace RunAi.Emulator.Seeding;

/// <summary>A department; without a quota of its own it bounds nothing.</summary>
internal sealed record SeedDepartment
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name of its cluster; the first one when absent.</summary>
    public string? Cluster { get; init; }

    public IReadOnlyList<SeedQuota> Quota { get; init; } = [];
}
