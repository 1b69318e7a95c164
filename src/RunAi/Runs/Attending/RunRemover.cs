namespace RunAi.Runs.Attending;

/// <summary>Removes recorded runs, and the workload of one that is not over if that is wanted.</summary>
internal sealed class RunRemover
{
    private readonly RunServices _services;

    public RunRemover(RunServices services) => _services = services;

    /// <summary>True to delete the workload of a run that is not over.</summary>
    public bool Force { get; init; }

    /// <summary>How long to wait until a deleted workload is gone.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Removes a run's record, log, checkpoints and outputs.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="storeName">The store that has its record; null for this machine's records alone.</param>
    /// <param name="choice">The step operator to reach its workload with.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: the run is not over, or its workload is not gone.</exception>
    public async Task RemoveAsync(string runId, string? storeName, OperatorChoice choice, CancellationToken ct)
    {
        var found = await new RecordedRuns(_services).FindAsync(runId, storeName, ct).ConfigureAwait(false);
        if (!found.Record.IsOver)
        {
            await EndAsync(found, choice, ct).ConfigureAwait(false);
        }

        foreach (var place in found.Places)
        {
            await RunRemoval.DeleteAsync(place, found.Record.RunId, ct).ConfigureAwait(false);
        }
    }

    private async Task EndAsync(RecordedRun found, OperatorChoice choice, CancellationToken ct)
    {
        var connection = await _services.ConnectAsync(found.Record, choice, ct).ConfigureAwait(false);
        var context = await _services.ContextAsync(connection, found.Journal, ct).ConfigureAwait(false);
        var run = await new RunRefresh(context).RefreshAsync(found.Record, found.StoreName, found.Store, ct).ConfigureAwait(false);
        if (!RunRemoval.IsLive(run))
        {
            return;
        }

        if (!Force || run.WorkloadId is null)
        {
            throw RunRemoval.Live(run);
        }

        await RunRemoval.DeleteWorkloadAsync(connection, run, Patience, _services.Time, ct).ConfigureAwait(false);
    }
}
