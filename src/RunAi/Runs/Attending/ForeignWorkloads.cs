using RunAi.Operators;

namespace RunAi.Runs.Attending;

/// <summary>
/// Tells which workloads RunAi did not create: they have no label with a run's id, or are of another kind than trainings.
/// </summary>
internal sealed class ForeignWorkloads
{
    private readonly StepOperatorConnection _connection;

    /// <param name="connection">The step operator's.</param>
    public ForeignWorkloads(StepOperatorConnection connection) => _connection = connection;

    /// <summary>
    /// The indices of those that RunAi did not create. One whose labels cannot be read counts as such; one that does not exist does not.
    /// </summary>
    /// <param name="workloads">The workloads; one that was given as a run is ours.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<HashSet<int>> FindAsync(IReadOnlyList<AwaitedWorkload> workloads, CancellationToken ct)
    {
        var foreign = await Concurrently.SelectAsync([.. workloads], workload => IsForeignAsync(workload, ct)).ConfigureAwait(false);
        return [.. Enumerable.Range(0, workloads.Count).Where(index => foreign[index])];
    }

    private async Task<bool> IsForeignAsync(AwaitedWorkload workload, CancellationToken ct)
    {
        if (workload.Run is not null)
        {
            return false;
        }

        string id;
        try
        {
            id = await _connection.WorkloadIdAsync(workload.Id, workload.Name, ct).ConfigureAwait(false);
        }
        catch (RunAiApiException)
        {
            // Whatever is to be done to it fails as well, and says why.
            return false;
        }

        try
        {
            return CreateReconciler.RunIdOf(await _connection.Client.GetTrainingAsync(id, ct).ConfigureAwait(false)) is null;
        }
        catch (RunAiApiException)
        {
            return true;
        }
    }
}
