using System.Text.Json.Nodes;
using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Policies;

namespace RunAi.Emulator.Api;

/// <summary>GET, PUT and DELETE of the policies of trainings and of distributed trainings.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicies(this IEndpointRouteBuilder routes)
    {
        routes.MapKind("/api/v2/policy/trainings", plane => plane.Policies);
        routes.MapKind("/api/v2/policy/distributed", plane => plane.DistributedPolicies);
    }

    private static void MapKind(this IEndpointRouteBuilder routes, string path, Func<ControlPlane, PolicyStore> of)
    {
        routes.MapGet(path, (HttpContext context, ControlPlane plane) =>
        {
            var scope = Scope(context, of(plane));
            return scope is not null && Body(scope, of(plane), plane) is { } body
                ? WorkloadEndpoints.Answer(body)
                : ApiError.NotFound("There is no policy of this kind for this organisation unit.");
        });
        routes.MapPut(path, (HttpContext context, ControlPlane plane) => PutAsync(context, of(plane), plane));
        routes.MapDelete(path, (HttpContext context, ControlPlane plane) =>
            Scope(context, of(plane)) is { } scope && of(plane).Delete(scope)
                ? Results.NoContent()
                : ApiError.NotFound("There is no policy of this kind for this organisation unit."));
    }

    private static async Task<IResult> PutAsync(HttpContext context, PolicyStore policies, ControlPlane plane)
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
                new PolicyStore(plane.Organisation, plane.Clock, policies.Kind).Put(body, plane.Seed.Credentials.ClientId);
                return WorkloadEndpoints.Answer(new JsonObject { ["policy"] = body["policy"]?.DeepClone() });
            }

            var policy = policies.Put(body, plane.Seed.Credentials.ClientId);
            return WorkloadEndpoints.Answer(Body(policy.Scope, policies, plane)!);
        }
        catch (OptionException e)
        {
            return ApiError.BadRequest(e.Message);
        }
    }

    private static PolicyScope? Scope(HttpContext context, PolicyStore policies)
    {
        var query = context.Request.Query;
        var scope = query["scope"].ToString();
        if (scope is not ("tenant" or "cluster" or "department" or "project"))
        {
            throw new QueryException($"scope: '{scope}' is not tenant, cluster, department or project.");
        }

        return policies.Unit(scope, query["projectId"], query["departmentId"], query["clusterId"]);
    }

    private static JsonObject? Body(PolicyScope scope, PolicyStore policies, ControlPlane plane)
    {
        var effective = policies.Effective(scope);
        var own = policies.Find(scope);
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
