using RunAi.Emulator.Api.Listing;

namespace RunAi.Emulator.Api;

/// <summary>GET /workload-types and /workload-categories: what this world runs, and under which headings.</summary>
internal static class WorkloadTypeEndpoints
{
    private static readonly Category[] Categories =
    [
        new(Guid.Parse("6f2a1f0e-0001-4a83-9d0e-52f1b3c4f7a1"), "Build", "Interactive work."),
        new(Guid.Parse("6f2a1f0e-0002-4a83-9d0e-52f1b3c4f7a1"), "Train", "Work that runs to its end."),
        new(Guid.Parse("6f2a1f0e-0003-4a83-9d0e-52f1b3c4f7a1"), "Deploy", "Services."),
    ];

    private static readonly WorkloadType[] Types =
    [
        new(Guid.Parse("7a2a1f0e-0001-4a83-9d0e-52f1b3c4f7a1"), "TrainingWorkload", "run.ai", Categories[1], "low"),
        new(Guid.Parse("7a2a1f0e-0002-4a83-9d0e-52f1b3c4f7a1"), "DistributedWorkload", "run.ai", Categories[1], "low"),
    ];

    private static readonly IReadOnlyDictionary<string, ListField<WorkloadType>> Fields = new Dictionary<string, ListField<WorkloadType>>
    {
        ["name"] = ListField<WorkloadType>.Text(type => type.Name),
        ["group"] = ListField<WorkloadType>.Text(type => type.Group),
    };

    public static void MapWorkloadTypes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/workload-types", (HttpContext context, ControlPlane plane) =>
        {
            var query = new ListQuery<WorkloadType>(context.Request.Query, Fields);
            var shown = context.Request.Query["externalTypesOnly"] == "true" ? [] : query.All(Types);
            return WorkloadEndpoints.Answer(new { Types = shown.Select(type => Row(type, plane)) });
        });
        routes.MapGet("/api/v1/workload-categories", (ControlPlane plane) => WorkloadEndpoints.Answer(
            new { Categories = Categories.Select(category => Row(category, plane)) }));
        routes.MapGet("/api/v1/workload-categories/{categoryId}", (string categoryId, ControlPlane plane) =>
            Categories.FirstOrDefault(category => category.Id.ToString() == categoryId) is { } found
                ? WorkloadEndpoints.Answer(Row(found, plane))
                : ApiError.NotFound($"There is no category {categoryId}."));
    }

    private static object Row(Category category, ControlPlane plane) => new
    {
        category.Id,
        category.Name,
        category.Description,
        plane.Organisation.CreatedAt,
        CreatedBy = "emulator",
    };

    private static object Row(WorkloadType type, ControlPlane plane) => new
    {
        type.Id,
        type.Name,
        type.Group,
        CategoryId = type.Category.Id,
        CategoryName = type.Category.Name,
        PriorityId = PriorityEndpoints.IdOf(
            plane.Organisation.Priorities.FirstOrDefault(priority => priority.Name == type.Priority)?.Value ?? 0),
        PriorityName = type.Priority,
        plane.Organisation.CreatedAt,
        CreatedBy = "emulator",
        UpdatedAt = plane.Organisation.CreatedAt,
        UpdatedBy = "emulator",
    };

    private sealed record Category(Guid Id, string Name, string Description);

    private sealed record WorkloadType(Guid Id, string Name, string Group, Category Category, string Priority);
}
