using RunAi.Operators;

namespace RunAi.Runs;

/// <summary>Suspends or deletes the workload of a run whose owner gave up, also when it is not known yet whether it was created.</summary>
internal static class RunSuspender
{
    /// <summary>
    /// The pauses before each look for a workload whose creation was not answered: all looks, and a record of what they found, fit in the
    /// time in which a workload is to be suspended.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.Zero, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5)];

    /// <summary>Asks for its suspension, or for its deletion.</summary>
    /// <param name="connection">The step operator's.</param>
    /// <param name="workloadId">The workload's id; null while only its name is known.</param>
    /// <param name="name">Its name.</param>
    /// <param name="deletes">True to delete it.</param>
    /// <param name="time">The clock to wait by.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The workload's id; null when the control plane lists no such workload, also after a while.</returns>
    public static async Task<string?> SuspendAsync(
        StepOperatorConnection connection, string? workloadId, string name, bool deletes, TimeProvider time,
        CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            await time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
            try
            {
                var id = await connection.WorkloadIdAsync(workloadId, name, cancellationToken).ConfigureAwait(false);
                await (deletes
                    ? connection.Client.DeleteTrainingAsync(id, cancellationToken)
                    : connection.Client.SuspendTrainingAsync(id, cancellationToken)).ConfigureAwait(false);
                return id;
            }
            catch (RunAiApiException e) when (e.ErrorId == ErrorIds.WorkloadNotFound && workloadId is null)
            {
                // Not there yet, or never.
                continue;
            }
        }

        return null;
    }
}
