using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>Workload templates.</content>
internal sealed partial class ControlPlaneClient
{
    private const string TemplatesPath = "/api/v1/workload-templates";

    /// <summary>Gives workload templates on page by page.</summary>
    public Task EachTemplateAsync(
        ListQuery query, int most, Func<IReadOnlyList<TemplateRecord>, Task> take, Func<bool> isEnough, CancellationToken ct) =>
        Page<TemplateRecord>.EachAsync(
            Pages<TemplateRecord>(Templates, query, ct), static template => template.Meta.Id, take, most, isEnough);

    /// <summary>All workload templates that a query means.</summary>
    public Task<IReadOnlyList<TemplateRecord>> ListTemplatesAsync(ListQuery query, CancellationToken ct) =>
        Page<TemplateRecord>.AllAsync(Pages<TemplateRecord>(Templates, query, ct), static template => template.Meta.Id);

    /// <summary>One workload template.</summary>
    public Task<TemplateRecord> GetTemplateAsync(string id, CancellationToken ct) => ReadAsync<TemplateRecord>(
        new ApiRequest(HttpMethod.Get, $"{TemplatesPath}/{Uri.EscapeDataString(id)}")
        {
            Purpose = $"read workload template '{id}'",
            Target = id,
        },
        ct);

    private static ListEndpoint Templates => new(TemplatesPath, "entries", "list workload templates");
}
