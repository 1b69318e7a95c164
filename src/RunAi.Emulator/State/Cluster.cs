using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>A cluster of the tenant.</summary>
internal sealed class Cluster(SeedCluster seed)
{
    public Guid Uuid { get; } = seed.Uuid;

    public string Name { get; } = seed.Name;

    public string Version { get; } = seed.Version;

    public string? Domain { get; } = seed.Domain;

    public string State { get; } = seed.State;
}
