using RunAi.ControlPlane;
using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of the workloads of the step operator's project, the newest first.</summary>
public sealed class WorkloadNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var project = await connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
        List<string> filters = [Filter.Equal("projectId", project.Id)];
        if (Filter.CanExpress(typed))
        {
            filters.Add(Filter.StartsWith("name", typed));
        }

        var page = await connection.Client.ListWorkloadsAsync(
            new WorkloadQuery { Filters = filters, SortBy = "createdAt", Descending = true, Limit = Most },
            cancellationToken).ConfigureAwait(false);
        return page.Items.Select(static item => (item.Name, $"{item.Name} ({item.Phase})"));
    }
}
