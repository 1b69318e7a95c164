using System.Globalization;
using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Shapes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Policies;

/// <summary>Policies of a kind by organisation unit, and what is in force for each unit.</summary>
internal sealed class PolicyStore(Organisation organisation, TimeProvider clock, PolicyKind kind)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PolicyScope, Policy> _policies = [];

    public event Action Changed = () => { };

    public PolicyKind Kind => kind;

    public Policy? Find(PolicyScope scope)
    {
        lock (_lock)
        {
            return _policies.GetValueOrDefault(scope);
        }
    }

    /// <summary>The unit a request body or a query names; null when there is no such unit.</summary>
    public PolicyScope? Unit(string? scope, string? projectId, string? departmentId, string? clusterId) => scope switch
    {
        "tenant" or "system" => PolicyScope.Tenant,
        "cluster" => organisation.Clusters.Where(c => c.Uuid.ToString() == clusterId).Select(PolicyScope.Of).FirstOrDefault(),
        "department" => organisation.Departments.Where(d => d.Id.ToString() == departmentId).Select(PolicyScope.Of).FirstOrDefault(),
        "project" => organisation.Projects.Where(p => p.Id == projectId).Select(PolicyScope.Of).FirstOrDefault(),
        _ => null,
    };

    public PolicyScope? Unit(JsonObject meta) => Unit(
        (string?)meta["scope"],
        meta["projectId"] is { } id ? ((int)id).ToString(CultureInfo.InvariantCulture) : null,
        (string?)meta["departmentId"],
        (string?)meta["clusterId"]);

    /// <summary>Stores a body of PUT, which replaces what the unit had.</summary>
    /// <exception cref="OptionException">The body is malformed or names no known unit.</exception>
    public Policy Put(JsonObject body, string by)
    {
        var violations = new List<ShapeViolation>();
        kind.Request.Check("", body, violations);
        if (violations is [var first, ..])
        {
            throw new OptionException($"Policy: {first.Field}: {first.Details}.");
        }

        var meta = (JsonObject)body["meta"]!;
        var scope = Unit(meta) ?? throw new OptionException("Policy: meta names no known organisation unit.");
        var now = clock.GetUtcNow();
        Policy policy;
        lock (_lock)
        {
            var before = _policies.GetValueOrDefault(scope);
            policy = _policies[scope] = new Policy
            {
                Id = before?.Id ?? Guid.NewGuid(),
                Scope = scope,
                Name = (string)meta["name"]!,
                Content = (JsonObject?)body["policy"]?.DeepClone() ?? [],
                CreatedBy = before?.CreatedBy ?? by,
                CreatedAt = before?.CreatedAt ?? now,
                UpdatedBy = by,
                UpdatedAt = now,
            };
        }

        Changed();
        return policy;
    }

    public bool Delete(PolicyScope scope)
    {
        bool removed;
        lock (_lock)
        {
            removed = _policies.Remove(scope);
        }

        Changed();
        return removed;
    }

    /// <summary>What is in force for a unit, from the tenant's policy down to its own.</summary>
    public EffectivePolicy Effective(PolicyScope scope)
    {
        lock (_lock)
        {
            return EffectivePolicy.Merge(
                kind.Governed, [.. Chain(scope).Select(unit => _policies.GetValueOrDefault(unit)).OfType<Policy>()]);
        }
    }

    /// <summary>All policies as bodies of PUT.</summary>
    public IReadOnlyList<JsonObject> Bodies()
    {
        lock (_lock)
        {
            return [.. _policies.Values.Select(ToBody)];
        }
    }

    private static JsonObject ToBody(Policy policy)
    {
        var meta = policy.Scope.ToJson();
        meta["name"] = policy.Name;
        return new JsonObject { ["meta"] = meta, ["policy"] = policy.Content.DeepClone() };
    }

    private IEnumerable<PolicyScope> Chain(PolicyScope scope)
    {
        var project = scope.Scope == "project" ? organisation.ProjectById(scope.Id!) : null;
        var department = project?.Department
            ?? organisation.Departments.FirstOrDefault(d => scope.Scope == "department" && d.Id.ToString() == scope.Id);
        var cluster = department?.Cluster
            ?? organisation.Clusters.FirstOrDefault(c => scope.Scope == "cluster" && c.Uuid.ToString() == scope.Id);
        yield return PolicyScope.Tenant;
        if (cluster is not null)
        {
            yield return PolicyScope.Of(cluster);
        }

        if (department is not null)
        {
            yield return PolicyScope.Of(department);
        }

        if (project is not null)
        {
            yield return PolicyScope.Of(project);
        }
    }
}
