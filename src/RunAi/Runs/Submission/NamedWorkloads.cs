using System.Text.RegularExpressions;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>The workloads of a project that have our naming, in one listing, and those among them that no record knows.</summary>
internal sealed class NamedWorkloads
{
    private static readonly Regex OurName = new(@"-[0-9a-z]{8}(-[0-9]{1,3})?\z", RegexOptions.CultureInvariant);

    private readonly StepOperatorConnection _connection;
    private readonly IReadOnlyList<WorkloadRecord> _listed;
    private readonly Dictionary<string, string> _phases;

    private NamedWorkloads(StepOperatorConnection connection, IReadOnlyList<WorkloadRecord> listed)
    {
        _connection = connection;
        _listed = listed;
        _phases = listed.GroupBy(workload => workload.Id, StringComparer.Ordinal).ToDictionary(
            same => same.Key, same => same.First().Phase, StringComparer.Ordinal);
    }

    /// <summary>Lists them, the newest first.</summary>
    public static async Task<NamedWorkloads> ListAsync(StepOperatorConnection connection, CancellationToken ct)
    {
        var project = await connection.ProjectAsync(ct).ConfigureAwait(false);
        var query = new WorkloadQuery
        {
            Filters = [Filter.Equal("projectId", project.Id), Filter.StartsWith("name", WorkloadName.DefaultPrefix + "-")],
            SortBy = "createdAt",
            Descending = true,
        };
        var listed = await connection.Client.ListAllWorkloadsAsync(query, ct).ConfigureAwait(false);
        return new NamedWorkloads(
            connection, [.. listed.Where(workload => workload.ProjectId == project.Id && OurName.IsMatch(workload.Name))]);
    }

    /// <summary>The phase of a workload; null when it was not among those listed.</summary>
    public string? PhaseOf(string? workloadId) => workloadId is not null && _phases.TryGetValue(workloadId, out var phase) ? phase : null;

    /// <summary>Those with our label whose run is not recorded, the newest first.</summary>
    /// <param name="isRecorded">Whether a run is recorded.</param>
    /// <param name="isKnown">Whether a workload stands in a record, so that its label need not be read.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task<IReadOnlyList<Workload>> OrphansAsync(Func<string, bool> isRecorded, Func<string, bool> isKnown, CancellationToken ct)
    {
        // Lists have no labels: each that may be an orphan is asked for by id.
        WorkloadRecord[] unknown = [.. _listed.Where(workload => !isKnown(workload.Id))];
        var runIds = await Concurrently.SelectAsync(
            unknown, workload => CreateReconciler.FindRunIdAsync(_connection.Client, workload.Id, workload.Kind, ct)).ConfigureAwait(false);
        return [.. unknown.Zip(runIds, (workload, runId) => (workload, runId))
            .Where(pair => pair.runId is not null && !isRecorded(pair.runId)).Select(pair => Show(pair.workload))];
    }

    private Workload Show(WorkloadRecord record)
    {
        var workload = record.ToWorkload(_connection.Operator.RunAiBaseUrl);
        workload.StepOperator = _connection.Operator.Name;
        return workload;
    }
}
