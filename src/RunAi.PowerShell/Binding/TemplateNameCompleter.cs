using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Organisation;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of workload templates for steps.</summary>
public sealed class TemplateNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var query = new ListQuery { Filters = [Filter.Equal("workloadType", TemplateCatalog.OfSteps)] };
        var templates = await connection.Client.ListTemplatesAsync(query, cancellationToken).ConfigureAwait(false);
        return templates.GroupBy(static template => template.Meta.Name, StringComparer.Ordinal)
            .Select(static named => (
                named.Key,
                named.Select(static template => template.Meta.Description).FirstOrDefault(static text => text is not null) ?? named.Key));
    }
}
