using System.Text.Json.Nodes;

namespace RunAi.Emulator.Seeding;

/// <summary>The world the emulator starts with, as the seed file says it.</summary>
internal sealed record Seed
{
    public SeedCredentials Credentials { get; init; } = new();

    /// <summary>Seconds an access token lives.</summary>
    public int TokenLifetimeSeconds { get; init; } = 3600;

    public int TenantId { get; init; } = 1001;

    /// <summary>Refuse a name that an undeleted workload of the project has (409). The document declares no such answer, so off.</summary>
    public bool RejectDuplicateNames { get; init; }

    /// <summary>The project named in the start line.</summary>
    public string? DefaultProject { get; init; }

    public IReadOnlyList<SeedCluster> Clusters { get; init; } = [];

    public IReadOnlyList<SeedDepartment> Departments { get; init; } = [];

    public IReadOnlyList<SeedProject> Projects { get; init; } = [];

    public IReadOnlyList<SeedNodePool> NodePools { get; init; } = [];

    public IReadOnlyList<SeedNode> Nodes { get; init; } = [];

    public IReadOnlyList<SeedPriority> Priorities { get; init; } = [];

    /// <summary>Bodies as PUT /api/v2/policy/trainings takes them.</summary>
    public IReadOnlyList<JsonObject> Policies { get; init; } = [];

    /// <summary>Bodies as PUT /api/v2/policy/distributed takes them.</summary>
    public IReadOnlyList<JsonObject> DistributedPolicies { get; init; } = [];

    /// <summary>Bodies as POST /api/v1/workload-templates/trainings takes them.</summary>
    public IReadOnlyList<JsonObject> Templates { get; init; } = [];

    /// <summary>Kubernetes secrets by name, each a map of keys to values, for environment references.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Config maps by name, each a map of keys to values.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ConfigMaps { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Registries beyond this machine that the process executor pulls from, each a host with its port.</summary>
    public IReadOnlyList<string> Registries { get; init; } = [];

    public SeedTimetable Timetable { get; init; } = new();
}
