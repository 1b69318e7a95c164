using RunAi.Artifacts;
using RunAi.Operators;

namespace RunAi.Runs;

/// <summary>Removes runs: the workload if need be, then the run's objects, and its record last.</summary>
internal static class RunRemoval
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whether the run still has a workload that runs or could run again.</summary>
    public static bool IsLive(StepRun run) =>
        run.State is StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running or StepRunState.Stopped;

    /// <summary>The failure of the removal of a run that is live.</summary>
    public static RunAiException Live(StepRun run) => new(
        ErrorIds.RunConflict,
        run.State == StepRunState.Submitting
            ? $"The run {run.RunId} is just being submitted, by another session or machine. Remove it when that is done; Sync-RunAiStepRun "
                + "settles it when that has died."
            : $"The run {run.RunId} still has the workload '{run.WorkloadName}' ({run.State}). Wait for its end, or give -Force to delete "
                + "the workload too.")
    {
        Target = run.RunId,
    };

    /// <summary>
    /// Deletes a run's workload and waits until it is gone, since the step runner still writes to the store while it is stopped. One that
    /// is gone already is no error.
    /// </summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: it is not gone after that time, so nothing else may be removed
    /// yet.</exception>
    public static async Task DeleteWorkloadAsync(
        StepOperatorConnection connection, StepRun run, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await connection.Client.DeleteTrainingAsync(run.WorkloadId!, ct, run.Kind).ConfigureAwait(false);
            for (var waited = TimeSpan.Zero; ; waited += Pause)
            {
                await connection.Client.GetWorkloadAsync(run.WorkloadId!, ct).ConfigureAwait(false);
                if (waited >= patience)
                {
                    throw Remains(run, patience);
                }

                await time.DelayAsync(Pause, ct).ConfigureAwait(false);
            }
        }
        catch (RunAiApiException e) when (e.IsNotFound)
        {
            // It is gone.
            return;
        }
    }

    private static RunAiException Remains(StepRun run, TimeSpan patience) => new(
        ErrorIds.RunConflict,
        $"The deletion of workload '{run.WorkloadName}' was accepted, but it is not gone after {patience.TotalSeconds:0.###} seconds, and "
        + "its step runner may still write to the store. The run was left as it is; remove it when the workload is gone, or "
        + $"wait longer with: Remove-RunAiStepRun {run.RunId} -Force -Timeout {Math.Max(1, Math.Ceiling(patience.TotalSeconds * 2)):0}")
    {
        Target = run.RunId,
    };

    /// <summary>
    /// Deletes all that a store holds of a run. The record goes last, so that a removal that is cut short can be repeated.
    /// </summary>
    public static async Task DeleteAsync(IArtifactStore store, string runId, CancellationToken ct)
    {
        var data = await store.ListAsync(RunKeys.Data(runId), ct).ConfigureAwait(false);
        for (var from = 0; from < data.Count; from += AtOnce)
        {
            await store.DeleteAsync([.. data.Skip(from).Take(AtOnce).Select(stored => stored.Key)], ct).ConfigureAwait(false);
        }

        foreach (var entry in (await store.ListAsync(RunKeys.Run(runId), ct).ConfigureAwait(false)).Reverse())
        {
            await store.DeleteAsync([entry.Key], ct).ConfigureAwait(false);
        }
    }
}
