using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Workloads;

namespace RunAi.Operators;

/// <summary>Finds the workloads of a step operator's project.</summary>
internal sealed class WorkloadCatalog
{
    private readonly StepOperatorConnection _connection;

    public WorkloadCatalog(StepOperatorConnection connection) => _connection = connection;

    /// <summary>The workload of an id, with the reasons why it waits.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/>.</exception>
    public async Task<Workload> GetAsync(string id, CancellationToken cancellationToken) =>
        await DescribeAsync(await _connection.Client.GetWorkloadAsync(id, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>
    /// Workloads of the project, the newest first. The control plane filters as far as its grammar goes: it knows exact names,
    /// beginnings, ends and parts, and one phase. What a pattern or several phases leave is filtered here. All pages are read before any
    /// workload is given on: what the pipeline removes or stops would shift the pages that follow, and leave some out.
    /// </summary>
    /// <param name="pattern">A name, or a pattern with wildcards.</param>
    /// <param name="isMatch">Whether a name matches the pattern.</param>
    /// <param name="phases">Only these phases; all when there is none.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<IReadOnlyList<Workload>> ListAsync(
        string pattern, Func<string, bool> isMatch, IReadOnlyCollection<string> phases, int most, CancellationToken cancellationToken)
    {
        var project = await _connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var (names, isExact) = WildcardFilter.Of("name", pattern);
        string[] onePhase = phases.Count == 1 ? [Filter.Equal("phase", phases.First())] : [];
        var query = new WorkloadQuery
        {
            Filters = [Filter.Equal("projectId", project.Id), .. names, .. onePhase],
            SortBy = "createdAt",
            Descending = true,
        };
        var serverDoesAll = phases.Count <= 1 && isExact;
        List<WorkloadRecord> matching = [];
        await _connection.Client.EachWorkloadAsync(
            query, serverDoesAll ? most : int.MaxValue, Choose, () => matching.Count >= most, cancellationToken).ConfigureAwait(false);

        List<Workload> described = [];
        foreach (var record in matching.Take(most))
        {
            described.Add(await DescribeAsync(record, cancellationToken).ConfigureAwait(false));
        }

        return described;

        Task Choose(IReadOnlyList<WorkloadRecord> page)
        {
            matching.AddRange(page.Where(w => isMatch(w.Name) && HasPhase(w, phases)));
            return Task.CompletedTask;
        }
    }

    /// <summary>The failure of a look-up by name.</summary>
    public static RunAiApiException NotFound(string name, StepOperator stepOperator) => new(
        ErrorIds.WorkloadNotFound,
        $"No workload named '{name}' is in project '{stepOperator.ProjectName}' at {stepOperator.RunAiBaseUrl}. Get-RunAiWorkload lists "
        + "those that are; one that was deleted leaves the list.")
    {
        Target = name,
    };

    private static bool HasPhase(WorkloadRecord record, IReadOnlyCollection<string> phases) =>
        phases.Count == 0 || phases.Contains(record.Phase, StringComparer.OrdinalIgnoreCase);

    private async Task<Workload> DescribeAsync(WorkloadRecord record, CancellationToken cancellationToken)
    {
        var workload = record.ToWorkload(_connection.Operator.RunAiBaseUrl);
        workload.StepOperator = _connection.Operator.Name;
        workload.ClusterName = await _connection.ClusterNameAsync(workload.ClusterId, cancellationToken).ConfigureAwait(false);
        return workload;
    }
}
