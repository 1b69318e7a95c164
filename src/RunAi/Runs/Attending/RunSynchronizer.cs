using RunAi.ControlPlane;
using RunAi.Operators;

namespace RunAi.Runs.Attending;

/// <summary>Brings the records of a project's runs up to date, and finds workloads that no record knows.</summary>
internal sealed class RunSynchronizer
{
    private readonly RunServices _services;
    private readonly StepOperatorConnection _connection;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="connection">That of the project's step operator.</param>
    public RunSynchronizer(RunServices services, StepOperatorConnection connection)
    {
        _services = services;
        _connection = connection;
    }

    /// <summary>True to write nothing: runs are given as they would be recorded.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Refreshes the runs that are not over, some at a time. What is told of them is told one after another.</summary>
    /// <param name="storeName">The store that has the records; null for those of this machine alone.</param>
    /// <param name="changed">Gets each run whose state changed.</param>
    /// <param name="failed">Gets what kept a run from being refreshed, and the run's id. The others go on.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The workloads of the project that RunAi created and no record knows, the newest first.</returns>
    public async Task<IReadOnlyList<Workload>> SyncAsync(
        string? storeName, Action<StepRun> changed, Action<RunAiException, string> failed, CancellationToken ct)
    {
        var runs = new RecordedRuns(_services) { IsRehearsal = IsRehearsal };
        var places = await runs.PlacesAsync(storeName, ct).ConfigureAwait(false);
        var (recorded, known) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        List<(RunRecord Record, RecordStore Place)> open = [];
        await new RunCatalog(places).ListAsync(
            _ => true, record => RunOperators.Reaches(_connection.Operator, record), int.MaxValue, Note, ct).ConfigureAwait(false);

        var shared = await _services.ContextAsync(_connection, new RunJournal([], _services.Time, _services.Log), ct).ConfigureAwait(false);
        var workloads = await NamedWorkloads.ListAsync(_connection, ct).ConfigureAwait(false);
        await Concurrently.SelectAsync(open, async item =>
        {
            var found = await runs.OpenAsync(item.Record, item.Place, places, ct).ConfigureAwait(false);
            var phase = workloads.PhaseOf(item.Record.WorkloadId);
            await RefreshAsync(found, phase, shared with { Journal = found.Journal }, TellChange, TellFailure, ct).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return await workloads.OrphansAsync(recorded.Contains, known.Contains, ct).ConfigureAwait(false);

        void TellChange(StepRun run)
        {
            lock (open)
            {
                changed(run);
            }
        }

        void TellFailure(RunAiException failure, string runId)
        {
            lock (open)
            {
                failed(failure, runId);
            }
        }

        void Note(RunRecord record, RecordStore place)
        {
            recorded.Add(record.RunId);
            known.UnionWith(record.WorkloadIds);
            if (!record.IsOver)
            {
                open.Add((record, place));
            }
        }
    }

    /// <summary>Deletes workloads, a hundred in one request.</summary>
    /// <param name="workloadIds">Their ids.</param>
    /// <param name="failed">Gets each refusal.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task DeleteAsync(IReadOnlyList<string> workloadIds, Action<RunAiApiException> failed, CancellationToken ct)
    {
        for (var from = 0; from < workloadIds.Count; from += ControlPlaneClient.MostInABatch)
        {
            string[] batch = [.. workloadIds.Skip(from).Take(ControlPlaneClient.MostInABatch)];
            foreach (var failure in await _connection.Client.ActOnManyAsync(WorkloadAction.Delete, batch, ct).ConfigureAwait(false))
            {
                failed(failure);
            }
        }
    }

    private static async Task RefreshAsync(
        RecordedRun found, string? phase, RunContext context, Action<StepRun> changed, Action<RunAiException, string> failed,
        CancellationToken ct)
    {
        try
        {
            var run = await new RunRefresh(context).RefreshAsync(
                found.Record, found.StoreName, found.Store, ct, phase).ConfigureAwait(false);
            if (run.State != found.Record.State)
            {
                changed(run);
            }
        }
        catch (RunAiException failure)
        {
            failed(failure, found.Record.RunId);
        }
    }
}
