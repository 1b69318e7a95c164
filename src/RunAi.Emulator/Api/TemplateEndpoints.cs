using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Templates;

namespace RunAi.Emulator.Api;

/// <summary>Workload templates: list, count, get, create and delete those of trainings; there are no others here.</summary>
internal static class TemplateEndpoints
{
    private const string Root = "/api/v1/workload-templates";
    private const string Trainings = Root + "/trainings";

    private static readonly Dictionary<string, ListField<WorkloadTemplate>> Fields = new()
    {
        ["name"] = ListField<WorkloadTemplate>.Text(template => template.Name),
        ["workloadType"] = ListField<WorkloadTemplate>.Text(_ => "Training"),
        ["runnable"] = ListField<WorkloadTemplate>.Text(template => template.Issue is null ? "true" : "false"),
        ["scopeType"] = ListField<WorkloadTemplate>.Text(template => template.ScopeType),
        ["clusterId"] = ListField<WorkloadTemplate>.Text(template => Id(template, "cluster")),
        ["projectId"] = ListField<WorkloadTemplate>.Text(template => Id(template, "project")),
        ["departmentId"] = ListField<WorkloadTemplate>.Text(template => Id(template, "department")),
        ["createdAt"] = ListField<WorkloadTemplate>.Time(template => template.CreatedAt),
        ["updatedAt"] = ListField<WorkloadTemplate>.Time(template => template.CreatedAt),
        ["createdBy"] = ListField<WorkloadTemplate>.Text(template => template.CreatedBy),
        ["updatedBy"] = ListField<WorkloadTemplate>.Text(template => template.CreatedBy),
    };

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, List);
        routes.MapGet(Trainings, List);
        routes.MapGet(Root + "/count", (HttpContext context, ControlPlane plane) => WorkloadEndpoints.Answer(new
        {
            Count = new ListQuery<WorkloadTemplate>(context.Request.Query, Fields).Select(plane.Templates.All, Searched).Count(),
        }));
        routes.MapGet(Root + "/name-availability", (HttpContext context, ControlPlane plane) => IsAvailable(context.Request.Query, plane)
            ? Results.NoContent()
            : ApiError.Of(new ErrorBody(409, "The name is taken.")));
        routes.MapGet(Root + "/{templateId:guid}", Get);
        routes.MapGet(Trainings + "/{templateId:guid}", Get);
        routes.MapPost(Trainings, CreateAsync);
        routes.MapDelete(Trainings + "/{templateId:guid}", (Guid templateId, ControlPlane plane) =>
            plane.Templates.Delete(templateId) ? Results.NoContent() : NotFound(templateId));
    }

    private static IResult List(HttpContext context, ControlPlane plane)
    {
        var query = new ListQuery<WorkloadTemplate>(context.Request.Query, Fields);
        var (items, next) = query.Page(plane.Templates.All, Searched);
        return WorkloadEndpoints.Answer(
            new { Entries = items.ConvertAll(Row), Pagination = new { query.Limit, query.Offset, NextOffset = next } });
    }

    private static IResult Get(Guid templateId, ControlPlane plane) =>
        plane.Templates.Find(templateId) is { } template ? WorkloadEndpoints.Answer(Row(template)) : NotFound(templateId);

    private static async Task<IResult> CreateAsync(HttpContext context, ControlPlane plane)
    {
        if (await JsonBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return ApiError.BadRequest("The body is no JSON object.");
        }

        try
        {
            return Results.Json(Row(plane.Templates.Add(body, plane.Seed.Credentials.ClientId)), WireJson.Options, statusCode: 202);
        }
        catch (OptionException e)
        {
            return ApiError.BadRequest(e.Message);
        }
    }

    private static bool IsAvailable(IQueryCollection query, ControlPlane plane)
    {
        var name = query["templateName"].ToString();
        var scope = query["scopeType"].ToString();
        return name.Length > 0 && scope.Length > 0
            ? !plane.Templates.IsTaken(name, scope, query.TryGetValue("scopeId", out var id) ? id.ToString() : null)
            : throw new QueryException("templateName and scopeType are needed.");
    }

    private static IEnumerable<string?> Searched(WorkloadTemplate template) => [template.Name, template.Description];

    private static string? Id(WorkloadTemplate template, string scope) => template.ScopeType == scope ? template.ScopeId : null;

    private static IResult NotFound(Guid id) => ApiError.NotFound($"There is no template {id}.");

    private static object Row(WorkloadTemplate template) => new
    {
        Meta = new
        {
            template.Id,
            template.Name,
            template.Description,
            WorkloadType = "Training",
            template.ScopeType,
            template.ScopeId,
            ClusterId = Id(template, "cluster"),
            DepartmentId = Id(template, "department"),
            ProjectId = Id(template, "project") is { } project
                ? int.Parse(project, System.Globalization.CultureInfo.InvariantCulture)
                : (int?)null,
            template.CreatedBy,
            template.CreatedAt,
        },
        Spec = template.Spec.DeepClone(),
        Runnable = new { IsRunnable = template.Issue is null, template.Issue },
    };
}
