using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>Brings a recorded run up to what the control plane and the run's store say by now, and records its end.</summary>
internal sealed class RunRefresh
{
    private readonly StepOperatorConnection _connection;
    private readonly RunReconciler _settler;
    private readonly RunJournal _journal;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    public RunRefresh(StepOperatorConnection connection, RunJournal journal, RunOwners owners, TimeProvider time, IActivityLog log)
    {
        _connection = connection;
        _settler = new RunReconciler(connection, journal, owners, time);
        _journal = journal;
        _time = time;
        _log = log;
    }

    /// <summary>The run as it stands. An end that is no success is told by its state; trouble with asking is thrown.</summary>
    /// <param name="record">Its last entry.</param>
    /// <param name="storeName">The name of the store it was found in.</param>
    /// <param name="store">The run's store; null for a run without the step runner.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="phase">The phase of its workload, where it was just seen; null to ask for it.</param>
    public async Task<StepRun> RefreshAsync(RunRecord record, string? storeName, IArtifactStore? store, CancellationToken ct, string? phase = null)
    {
        if (record.State == StepRunState.Submitting)
        {
            record = await _settler.ReconcileAsync(record, ct).ConfigureAwait(false);
        }

        var run = record.ToRun(storeName);
        if (record.IsOver || record.WorkloadId is null)
        {
            return run;
        }

        phase ??= await PhaseAsync(record.WorkloadId, ct).ConfigureAwait(false);
        if (phase is not null
            && WorkloadPhases.Classify(phase) is PhaseClass.Active or PhaseClass.Unknown)
        {
            run.Phase = phase;
            run.State = WorkloadPhases.IsRunning(phase) ? StepRunState.Running : StepRunState.Submitted;
            return run;
        }

        WorkloadResult? ending = null;
        await new WorkloadWait(_connection, _time, _log)
            .WaitAsync([new WatchRequest(record.WorkloadId, record.WorkloadName)], whileStopped: false, result => ending = result, _ => { }, ct).ConfigureAwait(false);
        await new RunFinalizer(store, _journal, _log).FinalizeAsync(run, ending!, ct).ConfigureAwait(false);
        return run;
    }

    /// <summary>The workload's phase; null when it is no longer there.</summary>
    private async Task<string?> PhaseAsync(string workloadId, CancellationToken ct)
    {
        try
        {
            return (await _connection.Client.GetWorkloadAsync(workloadId, ct).ConfigureAwait(false)).Phase;
        }
        catch (RunAiApiException e) when (e.StatusCode == 404)
        {
            return null;
        }
    }
}
