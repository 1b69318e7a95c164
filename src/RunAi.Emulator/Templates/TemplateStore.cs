using System.Globalization;
using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Shapes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Templates;

/// <summary>Training templates by id.</summary>
internal sealed class TemplateStore(Organisation organisation, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, WorkloadTemplate> _templates = [];

    public event Action Changed = () => { };

    /// <summary>All templates, the oldest first.</summary>
    public IReadOnlyList<WorkloadTemplate> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _templates.Values.OrderBy(template => template.CreatedAt)];
            }
        }
    }

    public WorkloadTemplate? Find(Guid id)
    {
        lock (_lock)
        {
            return _templates.GetValueOrDefault(id);
        }
    }

    /// <summary>Whether a unit has a template of a name.</summary>
    public bool IsTaken(string name, string scopeType, string? scopeId) =>
        All.Any(template => template.Name == name && template.ScopeType == scopeType && template.ScopeId == (scopeId ?? template.ScopeId));

    /// <summary>Stores a body of POST.</summary>
    /// <exception cref="OptionException">The body is malformed, names no known unit, or a name that is taken.</exception>
    public WorkloadTemplate Add(JsonObject body, string by)
    {
        var violations = new List<ShapeViolation>();
        TemplateShape.Request.Check("", body, violations);
        if (violations is [var first, ..])
        {
            throw new OptionException($"Template: {first.Field}: {first.Details}.");
        }

        var meta = (JsonObject)body["meta"]!;
        var (name, scope) = ((string)meta["name"]!, (string)meta["scopeType"]!);
        var scopeId = Unit(scope, (string?)meta["scopeId"])
            ?? throw new OptionException("Template: meta names no known organisation unit.");
        if (IsTaken(name, scope, scopeId))
        {
            throw new OptionException($"Template: {scope} {scopeId} has one named {name}.");
        }

        var template = new WorkloadTemplate
        {
            Id = Guid.NewGuid(),
            Name = name,
            Description = (string?)meta["description"],
            ScopeType = scope,
            ScopeId = scopeId,
            Spec = (JsonObject?)body["spec"]?.DeepClone() ?? [],
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        };
        Restore(template);
        Changed();
        return template;
    }

    public bool Delete(Guid id)
    {
        bool removed;
        lock (_lock)
        {
            removed = _templates.Remove(id);
        }

        Changed();
        return removed;
    }

    public void Restore(WorkloadTemplate template)
    {
        lock (_lock)
        {
            _templates[template.Id] = template;
        }
    }

    /// <summary>Whether a project may use a template: one of its own, or of a unit above it.</summary>
    public static bool Serves(WorkloadTemplate template, Project project) => template.ScopeType switch
    {
        "project" => template.ScopeId == project.Id,
        "department" => template.ScopeId == project.Department.Id.ToString(),
        "cluster" => template.ScopeId == project.Cluster.Uuid.ToString(),
        _ => true,
    };

    private string? Unit(string scope, string? id) => scope switch
    {
        "cluster" => organisation.Clusters.FirstOrDefault(cluster => cluster.Uuid.ToString() == id)?.Uuid.ToString(),
        "department" => organisation.Departments.FirstOrDefault(department => department.Id.ToString() == id)?.Id.ToString(),
        "project" => organisation.Projects.FirstOrDefault(project => project.Id == id)?.Id,
        _ => organisation.TenantId.ToString(CultureInfo.InvariantCulture),
    };
}
