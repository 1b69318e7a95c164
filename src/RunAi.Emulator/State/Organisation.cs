using System.Globalization;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.State;

/// <summary>Clusters, departments, projects, node pools and nodes, joined up from the seed.</summary>
internal sealed class Organisation
{
    private readonly Dictionary<string, Project> _projects;

    /// <exception cref="OptionException">The seed names something that it does not define.</exception>
    public Organisation(Seed seed, DateTimeOffset now)
    {
        TenantId = seed.TenantId;
        CreatedAt = now;
        Clusters = [.. seed.Clusters.Select(cluster => new Cluster(cluster))];
        NodePools = [.. seed.NodePools.Select((pool, i) => new NodePool(i + 1, pool, ClusterNamed(pool.Cluster)))];
        Nodes = [.. seed.Nodes.Select(node => new Node(node, PoolNamed(node.NodePool, $"node {node.Name}")))];
        Departments = [.. seed.Departments.Select(department => new Department(
            department, ClusterNamed(department.Cluster), Quotas(department.Quota, $"department {department.Name}")))];
        Projects = [.. seed.Projects.Select(MakeProject)];
        Priorities = seed.Priorities;
        RequireDistinct("project", Projects.Select(project => project.Name));
        if (Projects.FirstOrDefault(project => !int.TryParse(
            project.Id, NumberStyles.None, CultureInfo.InvariantCulture, out _)) is { } odd)
        {
            throw new OptionException($"Seed: project {odd.Name} has the id '{odd.Id}'; ids are whole numbers.");
        }

        RequireDistinct("project id", Projects.Select(project => project.Id));
        _projects = Projects.ToDictionary(project => project.Id, StringComparer.Ordinal);
        RequireDistinct("node", Nodes.Select(node => node.Name));
        RequireDistinct("node pool", NodePools.Select(pool => pool.Name));
    }

    public int TenantId { get; }

    public DateTimeOffset CreatedAt { get; }

    public IReadOnlyList<Cluster> Clusters { get; }

    public IReadOnlyList<Department> Departments { get; }

    public IReadOnlyList<Project> Projects { get; }

    public IReadOnlyList<NodePool> NodePools { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<SeedPriority> Priorities { get; }

    public Project? ProjectById(string id) => _projects.GetValueOrDefault(id);

    public NodePool? PoolByName(string name) => NodePools.FirstOrDefault(pool => pool.Name == name);

    private Project MakeProject(SeedProject seed, int index)
    {
        var department = seed.Department is null
            ? Departments[0]
            : Departments.FirstOrDefault(d => d.Name == seed.Department)
              ?? throw new OptionException($"Seed: project {seed.Name} names an unknown department '{seed.Department}'.");
        return new Project(index + 1, seed, department, Quotas(seed.Quota, $"project {seed.Name}"), [
            .. (seed.DefaultNodePools ?? (seed.Quota is [] ? NodePools.Select(p => p.Name) : seed.Quota.Select(q => q.NodePool)))
                .Select(name => PoolNamed(name, $"project {seed.Name}"))]);
    }

    private List<Quota> Quotas(IReadOnlyList<SeedQuota> seeds, string owner) =>
        [.. seeds.Select(seed => new Quota(PoolNamed(seed.NodePool, owner), seed))];

    private Cluster ClusterNamed(string? name) => name is null
        ? Clusters[0]
        : Clusters.FirstOrDefault(cluster => cluster.Name == name)
          ?? throw new OptionException($"Seed: unknown cluster '{name}'.");

    private NodePool PoolNamed(string name, string owner) =>
        PoolByName(name) ?? throw new OptionException($"Seed: {owner} names an unknown node pool '{name}'.");

    private static void RequireDistinct(string what, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new OptionException($"Seed: the {what} '{twice.Key}' is there twice.");
        }
    }
}
