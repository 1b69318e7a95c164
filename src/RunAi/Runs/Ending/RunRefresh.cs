using RunAi.Artifacts;
using RunAi.Runs.Attending;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>Brings a recorded run up to what the control plane and the run's store say by now, and records its end.</summary>
internal sealed class RunRefresh
{
    private readonly RunContext _context;

    public RunRefresh(RunContext context) => _context = context;

    /// <summary>The run as it stands. An end that is no success is told by its state; trouble with asking is thrown.</summary>
    /// <param name="record">Its last entry.</param>
    /// <param name="storeName">The name of the store it was found in.</param>
    /// <param name="store">The run's store; null for a run without the step runner.</param>
    /// <param name="ct">Ends the work.</param>
    /// <param name="phase">The phase of its workload, where it was just seen; null to ask for it.</param>
    public async Task<StepRun> RefreshAsync(
        RunRecord record, string? storeName, IArtifactStore? store, CancellationToken ct, string? phase = null)
    {
        if (record.State == StepRunState.Submitting)
        {
            record = await new RunReconciler(_context).ReconcileAsync(record, ct).ConfigureAwait(false);
        }

        var run = record.ToRun(storeName);
        if (record.IsOver || record.WorkloadId is null)
        {
            return run;
        }

        phase ??= await _context.Client.FindPhaseAsync(record.WorkloadId, ct).ConfigureAwait(false);
        if (phase is not null
            && WorkloadPhases.Classify(phase) is PhaseClass.Active or PhaseClass.Unknown)
        {
            run.Phase = phase;
            run.State = WorkloadPhases.IsRunning(phase) ? StepRunState.Running : StepRunState.Submitted;
            if (run.State != record.State)
            {
                await _context.Journal.AppendAsync(record.Going(run.State, phase), ct).ConfigureAwait(false);
            }

            return run;
        }

        await new RunFollower(_context, store) { IsOnlooker = true }.AttendAsync(run, ct).ConfigureAwait(false);
        return run;
    }
}
