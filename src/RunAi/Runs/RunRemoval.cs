using RunAi.Artifacts;
using RunAi.Operators;

namespace RunAi.Runs;

/// <summary>Removes runs: the workload if need be, then the run's objects, and its record last.</summary>
internal static class RunRemoval
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whether the run still has a workload that runs or could run again.</summary>
    public static bool IsLive(StepRun run) => run.State is StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running or StepRunState.Stopped;

    /// <summary>The failure of the removal of a run that is live.</summary>
    public static RunAiException Live(StepRun run) => new(
        ErrorIds.RunConflict,
        run.State == StepRunState.Submitting
            ? $"The run {run.RunId} is just being submitted, by another session or machine. Remove it when that is done; Sync-RunAiStepRun settles it when that has died."
            : $"The run {run.RunId} still has the workload '{run.WorkloadName}' ({run.State}). Wait for its end, or give -Force to delete the workload too.")
    {
        Target = run.RunId,
    };

    /// <summary>
    /// Deletes a run's workload and waits until it is gone, since the step runner still writes to the store while it is stopped. One that is
    /// gone already is no error.
    /// </summary>
    public static async Task DeleteWorkloadAsync(StepOperatorConnection connection, StepRun run, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await connection.Client.DeleteTrainingAsync(run.WorkloadId!, ct, run.Kind).ConfigureAwait(false);
            for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
            {
                await connection.Client.GetWorkloadAsync(run.WorkloadId!, ct).ConfigureAwait(false);
                await time.DelayAsync(Pause, ct).ConfigureAwait(false);
            }

            connection.Client.Log.Warning(
                $"The deletion of workload '{run.WorkloadName}' was accepted, but it is not gone after {Patience.TotalSeconds} seconds. What it still writes stays in the store.");
        }
        catch (RunAiApiException e) when (e.StatusCode == 404)
        {
            // It is gone.
            return;
        }
    }

    /// <summary>Deletes all that a store holds of a run. The record goes last, so that a removal that is cut short can be repeated.</summary>
    public static async Task DeleteAsync(IArtifactStore store, string runId, CancellationToken ct)
    {
        var objects = await store.ListAsync(RunKeys.Run(runId), ct).ConfigureAwait(false);
        var parts = objects.Select(one => one.Key).ToLookup(key => IsRecord(key, runId));
        var rest = parts[false].ToArray();
        for (var from = 0; from < rest.Length; from += AtOnce)
        {
            await store.DeleteAsync(rest.Skip(from).Take(AtOnce).ToArray(), ct).ConfigureAwait(false);
        }

        foreach (var key in parts[true].OrderByDescending(key => key, StringComparer.Ordinal))
        {
            await store.DeleteAsync([key], ct).ConfigureAwait(false);
        }
    }

    private static bool IsRecord(string key, string runId) => key.IndexOf('/', RunKeys.Run(runId).Length) < 0;
}
