namespace RunAi.Emulator.Seeding;

/// <summary>A cluster: its UUID, its name and what it reports about itself.</summary>
internal sealed record SeedCluster
{
    public required Guid Uuid { get; init; }

    public required string Name { get; init; }

    public string Version { get; init; } = "2.23.17";

    public string? Domain { get; init; }

    /// <summary>A ClusterState of the document, such as Connected.</summary>
    public string State { get; init; } = "Connected";
}
