using RunAi.Artifacts;
using RunAi.Diagnosis;
using RunAi.Operators;
using RunAi.Redaction;
using RunAi.Runs;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Adds to the evidence on a workload what its run left in an artifact store: the step runner's result and the end of the log.</summary>
internal sealed class RunEvidence
{
    private readonly StepOperatorConnection _connection;
    private readonly CommandContext _context;

    public RunEvidence(StepOperatorConnection connection, CommandContext context)
    {
        _connection = connection;
        _context = context;
    }

    /// <summary>The case with what the store tells; as it is for a workload that is no run, or none with a store that is known here.</summary>
    /// <param name="file">The evidence so far, of a workload that has ended.</param>
    /// <param name="run">The run, when the workload was given as one.</param>
    /// <param name="stackStore">The store to look for the run's record in; null for this machine's records alone.</param>
    /// <param name="token">Ends the reading.</param>
    public async Task<DiagnosisInput> AddToAsync(DiagnosisInput file, StepRun? run, string? stackStore, CancellationToken token)
    {
        try
        {
            if (await FindAsync(file.Workload.WorkloadId, run, stackStore, token).ConfigureAwait(false) is not var (store, ended))
            {
                return file;
            }

            var traces = await AttemptEvidence.ReadAsync(store, ended, token).ConfigureAwait(false);
            return file.With(traces.Result, traces.LastLogLines);
        }
        catch (RunAiException failure)
        {
            return file.With(null, [], $"its result and log ({CleanText.Of(failure.Message.Trim().Split('\n')[0], 300)})");
        }
    }

    /// <summary>The run as it was in the attempt of the workload, and its store.</summary>
    private async Task<(IArtifactStore Store, StepRun Run)?> FindAsync(
        string workloadId, StepRun? run, string? stackStore, CancellationToken token)
    {
        if (run is not null)
        {
            return await new RunServices(_context).StoreAsync(run.ArtifactStore, token).ConfigureAwait(false) is { } known
                ? (known, run)
                : null;
        }

        if (await RunIdAsync(workloadId, token).ConfigureAwait(false) is not { } runId)
        {
            return null;
        }

        var runs = new RecordedRuns(_context);
        var places = await runs.PlacesAsync(stackStore, token).ConfigureAwait(false);
        var found = await new RunCatalog(places).FindAsync(runId, _context.Session.Time, _context.Log, token).ConfigureAwait(false);
        if (found is not var (record, place))
        {
            return null;
        }

        var recorded = await runs.OpenAsync(record, place, places, token).ConfigureAwait(false);
        if (recorded.Store is not { } store || record.AttemptOf(workloadId) is not { } attempt)
        {
            return null;
        }

        var recordedRun = record.ToRun(null);
        recordedRun.Attempt = attempt;
        return (store, recordedRun);
    }

    private async Task<string?> RunIdAsync(string workloadId, CancellationToken token)
    {
        try
        {
            return CreateReconciler.RunIdOf(await _connection.Client.GetTrainingAsync(workloadId, token).ConfigureAwait(false));
        }
        catch (RunAiApiException e) when (e.StatusCode == 404)
        {
            // A workload of another type, or gone.
            return null;
        }
    }
}
