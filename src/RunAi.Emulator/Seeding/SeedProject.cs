namespace RunAi.Emulator.Seeding;

/// <summary>A project and what it may use of each node pool.</summary>
internal sealed record SeedProject
{
    /// <summary>Numeric text; projects are numbered from 1 when absent.</summary>
    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The name of its department; the first one when absent.</summary>
    public string? Department { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<SeedQuota> Quota { get; init; } = [];

    /// <summary>Node pools tried, in order, by workloads that name none; those with quota when absent.</summary>
    public IReadOnlyList<string>? DefaultNodePools { get; init; }
}
