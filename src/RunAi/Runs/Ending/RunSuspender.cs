using RunAi.Operators;

namespace RunAi.Runs;

/// <summary>Suspends the workload of a run whose owner gave up, also when it is not known yet whether it was created.</summary>
internal static class RunSuspender
{
    /// <summary>Asks for its suspension; false when the control plane lists no such workload, also after a while.</summary>
    public static async Task<bool> SuspendAsync(
        StepOperatorConnection connection, string? workloadId, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var pause in CreateReconciler.Patience)
        {
            await time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
            try
            {
                var id = await connection.WorkloadIdAsync(workloadId, name, cancellationToken).ConfigureAwait(false);
                await connection.Client.SuspendTrainingAsync(id, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (RunAiApiException e) when (e.ErrorId == ErrorIds.WorkloadNotFound && workloadId is null)
            {
                // Not there yet, or never.
                continue;
            }
        }

        return false;
    }
}
