using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.Shapes;
using RunAi.Emulator.State;
using RunAi.Emulator.Templates;

namespace RunAi.Emulator.Api;

/// <summary>A create request, examined: the workload to be, or what is wrong with it.</summary>
internal sealed record Submission
{
    private const string DefaultPriority = "low";

    public Workload? Workload { get; private init; }

    public string Message { get; private init; } = "";

    public IReadOnlyList<ComplianceIssue> Issues { get; private init; } = [];

    /// <summary>Set when the name is taken and the seed wants that refused.</summary>
    public string? Conflict { get; private init; }

    public static Submission Examine(JsonObject body, ControlPlane plane, WorkloadKind kind)
    {
        var violations = new List<ShapeViolation>();
        (kind == WorkloadKind.Training ? TrainingShape.Request : DistributedShape.Request).Check("", body, violations);
        if (violations is not [])
        {
            return Bad([.. violations.Select(violation => Issue(violation.Field, violation.Details))]);
        }

        var organisation = plane.Organisation;
        var project = organisation.ProjectById((string)body["projectId"]!);
        if (project is null)
        {
            return Bad(new ComplianceIssue("projectId", $"there is no project {body["projectId"]}"));
        }

        if (!Guid.TryParse((string)body["clusterId"]!, out var cluster) || cluster != project.Cluster.Uuid)
        {
            return Bad(new ComplianceIssue("clusterId", $"project {project.Name} is in cluster {project.Cluster.Uuid}"));
        }

        var submitted = body["spec"] as JsonObject ?? [];
        if (body["templateId"] is { } id)
        {
            if (kind != WorkloadKind.Training || plane.Templates.Find(Guid.Parse((string)id!)) is not { } template
                || !TemplateStore.Serves(template, project))
            {
                return Bad(new ComplianceIssue("templateId", $"project {project.Name} has no template {id} for this type of workload"));
            }

            submitted = TemplateMerge.Over(submitted, template.Spec);
        }

        var (spec, master, breaches) = kind == WorkloadKind.Training
            ? Govern(submitted, plane.Policies.Effective(PolicyScope.Of(project)))
            : ReplicaPolicies.Apply(submitted, body, plane.DistributedPolicies.Effective(PolicyScope.Of(project)));
        if (breaches is not [])
        {
            return new Submission
            {
                Message = "The workload request does not comply with the policy set by the administrator",
                Issues = breaches,
            };
        }

        var issues = SpecRules.Check((string)body["name"]!, spec, organisation)
            .Concat(kind == WorkloadKind.Training ? [] : DistributedRules.Check(body, spec, master, organisation)).ToList();
        if (issues is not [])
        {
            return Bad(issues);
        }

        return Accept(body, spec, master, kind, project, plane);
    }

    private static Submission Accept(
        JsonObject body, JsonObject spec, JsonObject? master, WorkloadKind kind, Project project, ControlPlane plane)
    {
        var requested = (string)body["name"]!;
        var name = (bool?)body["useGivenNameAsPrefix"] == true ? $"{requested}-{Suffix()}" : requested;
        if (plane.Seed.RejectDuplicateNames && plane.Read(_ => plane.Workloads.HasName(project.Id, name)))
        {
            return new Submission { Conflict = $"A workload named {name} exists in project {project.Name}." };
        }

        var priority = Priority(plane.Organisation, (string?)spec["priorityClass"]);
        return new Submission
        {
            Workload = new Workload
            {
                Id = Guid.NewGuid(),
                Kind = kind,
                Name = name,
                RequestedName = requested,
                ProjectId = project.Id,
                Spec = spec,
                HasMaster = master is not null || (bool?)body["masterSpecSameAsWorker"] == true,
                MasterSpec = master,
                CreatedBy = plane.Seed.Credentials.ClientId,
                CreatedAt = plane.Clock.GetUtcNow(),
                PriorityClass = priority.Name,
                Priority = priority.Value,
                Preemptible = (string?)spec["preemptibility"] is { } explicitly ? explicitly == "preemptible" : priority.Preemptible,
            },
        };
    }

    private static (JsonObject Spec, JsonObject? Master, IReadOnlyList<ComplianceIssue> Breaches) Govern(
        JsonObject submitted, EffectivePolicy policy)
    {
        var spec = Read(PolicyDefaults.Apply(submitted, policy))!;
        return (spec, null, PolicyRules.Check(submitted, spec, policy));
    }

    /// <summary>Through text and back, so that every value reads the same whoever wrote it.</summary>
    public static JsonObject? Read(JsonObject? spec) => spec is null ? null : (JsonObject)JsonNode.Parse(spec.ToJsonString())!;

    private static SeedPriority Priority(Organisation organisation, string? name) =>
        organisation.Priorities.FirstOrDefault(priority => priority.Name == (name ?? DefaultPriority))
        ?? organisation.Priorities[0];

    private static ComplianceIssue Issue(string field, string details) => new(
        field.StartsWith("spec.", StringComparison.Ordinal) ? field["spec.".Length..] : field, details);

    private static Submission Bad(params IReadOnlyList<ComplianceIssue> issues) =>
        new() { Message = "Bad submission request.", Issues = issues };

    private static string Suffix() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 5);
}
