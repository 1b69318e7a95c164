using System.Globalization;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>A project: where workloads live, with its quota for each node pool.</summary>
internal sealed class Project(
    int number,
    SeedProject seed,
    Department department,
    IReadOnlyList<Quota> quotas,
    IReadOnlyList<NodePool> defaultNodePools)
{
    public string Id { get; } = seed.Id ?? number.ToString(CultureInfo.InvariantCulture);

    public string Name { get; } = seed.Name;

    public string? Description { get; } = seed.Description;

    public Department Department { get; } = department;

    public Cluster Cluster => Department.Cluster;

    public IReadOnlyList<Quota> Quotas { get; } = quotas;

    public IReadOnlyList<NodePool> DefaultNodePools { get; } = defaultNodePools;

    /// <summary>The Kubernetes namespace of its workloads.</summary>
    public string Namespace { get; } = "runai-" + seed.Name;
}
