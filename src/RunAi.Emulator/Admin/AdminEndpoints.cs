using System.Globalization;
using System.Text.Json;
using RunAi.Emulator.Api;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Faults;
using RunAi.Emulator.Recording;

namespace RunAi.Emulator.Admin;

/// <summary>What is beside the API, under /emulator: faults, logs, the clock. No token is asked for: loopback only.</summary>
internal static class AdminEndpoints
{
    private const double MostSeconds = 10L * 365 * 24 * 3600;

    private static readonly JsonSerializerOptions Strict = WireJson.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    });

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/emulator");
        admin.MapGet("/faults", (FaultStore faults) => WorkloadEndpoints.Answer(faults.All));
        admin.MapPost("/faults", AddFaultsAsync);
        admin.MapDelete("/faults", (FaultStore faults) =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        admin.MapGet("/log", (HttpContext context, ControlPlane plane) => WorkloadEndpoints.Answer(plane.Effects.Since(Since(context))));
        admin.MapGet("/requests", (HttpContext context, RequestLog log) => WorkloadEndpoints.Answer(log.Since(Since(context))));
        admin.MapGet("/clock", (ControlPlane plane) => WorkloadEndpoints.Answer(Clock(plane)));
        admin.MapPost("/clock", AdvanceAsync);
        admin.MapGet("/workloads/{workloadId:guid}/log", (Guid workloadId, string? pod, int? lines, ControlPlane plane) =>
            plane.Executor.Tail(workloadId, pod, Math.Clamp(lines ?? 100, 1, 100_000)) is { } text
                ? Results.Text(text)
                : ApiError.NotFound("No log is kept for this workload."));
    }

    /// <summary>One rule or a list of them.</summary>
    private static async Task<IResult> AddFaultsAsync(HttpContext context, FaultStore faults)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body, cancellationToken: context.RequestAborted).ConfigureAwait(false);
            FaultRule[] rules = body.RootElement.ValueKind == JsonValueKind.Array
                ? body.RootElement.Deserialize<FaultRule[]>(Strict)!
                : [body.RootElement.Deserialize<FaultRule>(Strict)!];
            if (rules.Select(rule => rule.Objection()).FirstOrDefault(objection => objection is not null) is { } bad)
            {
                return ApiError.BadRequest(bad);
            }

            foreach (var rule in rules)
            {
                faults.Add(rule);
            }

            return WorkloadEndpoints.Answer(faults.All);
        }
        catch (JsonException e)
        {
            return ApiError.BadRequest(e.Message);
        }
    }

    private static async Task<IResult> AdvanceAsync(HttpContext context, ControlPlane plane)
    {
        var body = await JsonBody.ReadAsync(context).ConfigureAwait(false);
        if (body?["advanceSeconds"]?.AsValue().TryGetValue<double>(out var seconds) != true || seconds is not (>= 0 and <= MostSeconds))
        {
            return ApiError.BadRequest("advanceSeconds: a number of seconds, not negative, is needed.");
        }

        plane.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        return WorkloadEndpoints.Answer(Clock(plane));
    }

    private static object Clock(ControlPlane plane) =>
        new { Now = plane.Clock.GetUtcNow(), SkippedSeconds = plane.Clock.Skipped.TotalSeconds };

    private static long Since(HttpContext context) =>
        long.TryParse(context.Request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var since) ? since : 0;
}
