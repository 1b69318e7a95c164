using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>A department: a set of projects under one quota.</summary>
internal sealed class Department(SeedDepartment seed, Cluster cluster, IReadOnlyList<Quota> quotas)
{
    public Guid Id { get; } = seed.Id;

    public string Name { get; } = seed.Name;

    public Cluster Cluster { get; } = cluster;

    public IReadOnlyList<Quota> Quotas { get; } = quotas;
}
