using System.Text.RegularExpressions;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>Finds the workloads of a project that RunAi created and that no record knows.</summary>
internal sealed class OrphanSearch
{
    private static readonly Regex OurName = new(@"-[0-9a-z]{8}(-[0-9]{1,3})?\z", RegexOptions.CultureInvariant);

    private readonly StepOperatorConnection _connection;

    public OrphanSearch(StepOperatorConnection connection) => _connection = connection;

    /// <summary>The workloads with our naming and our label whose run id is none of those recorded, the newest first.</summary>
    /// <param name="isRecorded">Whether a run is recorded.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task<IReadOnlyList<Workload>> FindAsync(Func<string, bool> isRecorded, CancellationToken ct)
    {
        var project = await _connection.ProjectAsync(ct).ConfigureAwait(false);
        var query = new WorkloadQuery
        {
            Filters = [Filter.Equal("projectId", project.Id), Filter.StartsWith("name", WorkloadName.DefaultPrefix + "-")],
            SortBy = "createdAt",
            Descending = true,
        };
        List<Workload> orphans = [];
        foreach (var record in await _connection.Client.ListAllWorkloadsAsync(query, ct).ConfigureAwait(false))
        {
            // Lists have no labels: each that may be ours is asked for by id.
            if (record.ProjectId == project.Id && OurName.IsMatch(record.Name)
                && await RunIdAsync(record, ct).ConfigureAwait(false) is { } runId && !isRecorded(runId))
            {
                var workload = record.ToWorkload(_connection.Operator.RunAiBaseUrl);
                workload.StepOperator = _connection.Operator.Name;
                orphans.Add(workload);
            }
        }

        return orphans;
    }

    private async Task<string?> RunIdAsync(WorkloadRecord record, CancellationToken ct)
    {
        try
        {
            return SubmissionSettlement.RunIdOf(await _connection.Client.GetTrainingAsync(record.Id, ct, record.Kind).ConfigureAwait(false));
        }
        catch (RunAiApiException e) when (e.StatusCode == 404)
        {
            // No training, or gone since it was listed.
            return null;
        }
    }
}
