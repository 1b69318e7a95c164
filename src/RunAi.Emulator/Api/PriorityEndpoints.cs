using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Api;

/// <summary>GET /workload-priorities.</summary>
internal static class PriorityEndpoints
{
    private static readonly IReadOnlyDictionary<string, ListField<SeedPriority>> Fields = new Dictionary<string, ListField<SeedPriority>>
    {
        ["name"] = ListField<SeedPriority>.Text(priority => priority.Name),
        ["source"] = ListField<SeedPriority>.Text(_ => "Run:ai"),
        ["value"] = ListField<SeedPriority>.Number(priority => priority.Value),
    };

    /// <summary>The id of the priority of a value.</summary>
    public static string IdOf(int value) => $"00000000-0000-0000-0000-{value:D12}";

    public static void MapPriorities(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/workload-priorities", (HttpContext context, ControlPlane plane) =>
        {
            var query = new ListQuery<SeedPriority>(context.Request.Query, Fields);
            return WorkloadEndpoints.Answer(new
            {
                Priorities = query.All(plane.Organisation.Priorities).Select(priority => new
                {
                    Id = IdOf(priority.Value),
                    priority.Name,
                    priority.Value,
                    Source = "Run:ai",
                    AggregatedPhase = "Ready",
                    plane.Organisation.CreatedAt,
                }),
            });
        });
}
