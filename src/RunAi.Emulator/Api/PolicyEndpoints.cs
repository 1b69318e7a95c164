using System.Text.Json.Nodes;
using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Policies;

namespace RunAi.Emulator.Api;

/// <summary>GET, PUT and DELETE /api/v2/policy/trainings.</summary>
internal static class PolicyEndpoints
{
    private const string Path = "/api/v2/policy/trainings";

    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext context, ControlPlane plane) =>
        {
            var scope = Scope(context, plane);
            return scope is not null && Body(scope, plane) is { } body
                ? WorkloadEndpoints.Answer(body)
                : ApiError.NotFound("There is no training policy for this organisation unit.");
        });
        routes.MapPut(Path, PutAsync);
        routes.MapDelete(Path, (HttpContext context, ControlPlane plane) =>
            Scope(context, plane) is { } scope && plane.Policies.Delete(scope)
                ? Results.NoContent()
                : ApiError.NotFound("There is no training policy for this organisation unit."));
    }

    private static async Task<IResult> PutAsync(HttpContext context, ControlPlane plane)
    {
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return ApiError.BadRequest("The body is no JSON object.");
        }

        try
        {
            if (context.Request.Query["validateOnly"] == "true")
            {
                // Put into a copy of the world's policies, which is then dropped.
                new PolicyStore(plane.Organisation, plane.Clock).Put(body, plane.Seed.Credentials.ClientId);
                return WorkloadEndpoints.Answer(new JsonObject { ["policy"] = body["policy"]?.DeepClone() });
            }

            var policy = plane.Policies.Put(body, plane.Seed.Credentials.ClientId);
            return WorkloadEndpoints.Answer(Body(policy.Scope, plane)!);
        }
        catch (OptionException e)
        {
            return ApiError.BadRequest(e.Message);
        }
    }

    private static PolicyScope? Scope(HttpContext context, ControlPlane plane)
    {
        var query = context.Request.Query;
        var scope = query["scope"].ToString();
        if (scope is not ("tenant" or "cluster" or "department" or "project"))
        {
            throw new QueryException($"scope: '{scope}' is not tenant, cluster, department or project.");
        }

        return plane.Policies.Unit(scope, query["projectId"], query["departmentId"], query["clusterId"]);
    }

    private static JsonObject? Body(PolicyScope scope, ControlPlane plane)
    {
        var effective = plane.Policies.Effective(scope);
        var own = plane.Policies.Find(scope);
        if (own is null && effective.IsEmpty)
        {
            return null;
        }

        var body = new JsonObject();
        if (own is not null)
        {
            body["meta"] = Meta(own, plane.Organisation.TenantId);
            body["policy"] = own.Content.DeepClone();
        }

        body["effective"] = new JsonObject { ["defaults"] = effective.Defaults, ["rules"] = effective.Rules };
        if (effective.ImposedAssets is not [])
        {
            body["effective"]!["imposedAssets"] = new JsonArray([.. effective.ImposedAssets.Select(id => (JsonNode?)id)]);
        }

        if (effective.UpdatedAt is { } at)
        {
            body["effectiveUpdatedAt"] = Time(at);
        }

        return body;
    }

    private static JsonObject Meta(Policy policy, int tenantId)
    {
        var meta = policy.Scope.ToJson();
        meta["id"] = policy.Id.ToString();
        meta["tenantId"] = tenantId;
        meta["name"] = policy.Name;
        meta["createdBy"] = policy.CreatedBy;
        meta["createdAt"] = Time(policy.CreatedAt);
        meta["updatedBy"] = policy.UpdatedBy;
        meta["updatedAt"] = Time(policy.UpdatedAt);
        return meta;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Wire.WireTimeConverter.Format, System.Globalization.CultureInfo.InvariantCulture);
}
