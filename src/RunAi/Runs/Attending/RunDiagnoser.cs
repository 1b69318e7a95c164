using RunAi.Diagnosis;
using RunAi.Operators;
using RunAi.Redaction;

namespace RunAi.Runs.Attending;

/// <summary>
/// Says why a workload waits or how it ended. For a run with a store, what it left there is evidence too: the step runner's result and the
/// end of the log.
/// </summary>
internal sealed class RunDiagnoser
{
    private readonly RunServices _services;
    private readonly StepOperatorConnection _connection;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="connection">The step operator's.</param>
    public RunDiagnoser(RunServices services, StepOperatorConnection connection)
    {
        _services = services;
        _connection = connection;
    }

    /// <summary>Diagnoses a workload.</summary>
    /// <param name="workload">The workload; its run when it was given as one.</param>
    /// <param name="stackStore">The store to look for a run's record in; null for this machine's records alone.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/>.</exception>
    public async Task<WorkloadDiagnosis> DiagnoseAsync(AwaitedWorkload workload, string? stackStore, CancellationToken ct)
    {
        var id = await _connection.WorkloadIdAsync(workload.Id, workload.Name, ct).ConfigureAwait(false);
        var seen = new Workload { WorkloadId = id, Name = workload.Name };
        var evidence = await new WorkloadDiagnoser(_connection.Client, _services.Time)
            .ReadAsync(seen, DiagnosisHints.None, ct, mustExist: true).ConfigureAwait(false);
        if (evidence.Phase == DiagnosisPhase.Stopped)
        {
            evidence = await AddSuspensionAsync(evidence, workload.Run, stackStore, ct).ConfigureAwait(false);
        }

        if (evidence.HasEnded)
        {
            evidence = await AddStoredAsync(evidence, workload.Run, stackStore, ct).ConfigureAwait(false);
        }

        var diagnosis = DiagnosisEngine.Diagnose(evidence);
        diagnosis.StepOperator = _connection.Operator.Name;
        return diagnosis;
    }

    /// <summary>
    /// The evidence with what the store tells; as it is for a workload that is no run, or none with a store that is known here.
    /// </summary>
    private async Task<DiagnosisInput> AddStoredAsync(DiagnosisInput evidence, StepRun? run, string? stackStore, CancellationToken ct)
    {
        try
        {
            if (await FindAsync(evidence.Workload.WorkloadId, run, stackStore, ct).ConfigureAwait(false) is not var (ended, store))
            {
                return evidence;
            }

            var left = await AttemptEvidence.ReadAsync(store, ended, ct).ConfigureAwait(false);
            return evidence.With(left.Result, left.LastLogLines);
        }
        catch (RunAiException failure)
        {
            return evidence.With(null, [], $"its result and log ({CleanText.Of(failure.Message.Trim().Split('\n')[0], 300)})");
        }
    }

    /// <summary>
    /// The evidence with what the run's record tells of who suspended the workload; as it is for one that is no run, or none that is
    /// recorded.
    /// </summary>
    private async Task<DiagnosisInput> AddSuspensionAsync(DiagnosisInput evidence, StepRun? run, string? stackStore, CancellationToken ct)
    {
        try
        {
            var workloadId = evidence.Workload.WorkloadId;
            if ((run?.RunId ?? await RunIdAsync(workloadId, ct).ConfigureAwait(false)) is not { } runId)
            {
                return evidence;
            }

            var runs = new RecordedRuns(_services);
            var places = await runs.PlacesAsync(run?.ArtifactStore ?? stackStore, ct).ConfigureAwait(false);
            return await runs.FindAsync(runId, places, ct).ConfigureAwait(false) is { Record: { StoppedBy: { } stop } record }
                && record.WorkloadId == workloadId
                ? evidence.WithSuspension(stop.ToString(), stop.At)
                : evidence;
        }
        catch (RunAiException failure)
        {
            return evidence.With(null, [], $"its record ({CleanText.Of(failure.Message.Trim().Split('\n')[0], 300)})");
        }
    }

    /// <summary>The run as it was in the attempt of the workload, and its store.</summary>
    private async Task<StoredRun?> FindAsync(string workloadId, StepRun? run, string? stackStore, CancellationToken ct)
    {
        if (run is not null)
        {
            return await _services.StoreAsync(run.ArtifactStore, ct).ConfigureAwait(false) is { } known ? new StoredRun(run, known) : null;
        }

        if (await RunIdAsync(workloadId, ct).ConfigureAwait(false) is not { } runId)
        {
            return null;
        }

        var runs = new RecordedRuns(_services);
        var places = await runs.PlacesAsync(stackStore, ct).ConfigureAwait(false);
        if (await runs.FindAsync(runId, places, ct).ConfigureAwait(false) is not { Store: { } store } found
            || found.Record.AttemptOf(workloadId) is not { } attempt)
        {
            return null;
        }

        var recorded = found.Record.ToRun(null);
        recorded.Attempt = attempt;
        return new StoredRun(recorded, store);
    }

    private Task<string?> RunIdAsync(string workloadId, CancellationToken ct) =>
        CreateReconciler.FindRunIdAsync(_connection.Client, workloadId, null, ct);
}
