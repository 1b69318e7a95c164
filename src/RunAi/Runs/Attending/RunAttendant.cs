namespace RunAi.Runs.Attending;

/// <summary>Attaches to a recorded run again, on any machine that reaches its record.</summary>
internal sealed class RunAttendant
{
    private readonly RunServices _services;
    private readonly IRunObserver _observer;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="observer">Is told of progress and of the log while the run is followed.</param>
    public RunAttendant(RunServices services, IRunObserver observer)
    {
        _services = services;
        _observer = observer;
    }

    /// <summary>Brings a run up to date and, if that is wanted, follows it to its end.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="storeName">The store that has its record; null for this machine's records alone.</param>
    /// <param name="choice">The step operator to reach it with.</param>
    /// <param name="follows">True to follow it to its end.</param>
    /// <param name="ct">Ends the work; the workload goes on.</param>
    /// <returns>The run as it stands, and when it is followed its failure, or null for a success.</returns>
    public async Task<(StepRun Run, RunAiException? Failure)> AttachAsync(
        string runId, string? storeName, OperatorChoice choice, bool follows, CancellationToken ct)
    {
        var found = await new RecordedRuns(_services).FindAsync(runId, storeName, ct).ConfigureAwait(false);
        var run = found.Run;
        if (found.Record.IsOver && run.NextAttemptAt is null)
        {
            return (run, follows ? EndedRunErrors.FailureOf(run) : null);
        }

        var connection = await _services.ConnectAsync(found.Record, choice, ct).ConfigureAwait(false);
        var context = await _services.ContextAsync(connection, found.Journal, ct).ConfigureAwait(false);
        if (!found.Record.IsOver)
        {
            run = await new RunRefresh(context).RefreshAsync(found.Record, found.StoreName, found.Store, ct).ConfigureAwait(false);
        }

        if (follows && run.WorkloadId is not null)
        {
            _observer.OnSubmitted(run);
        }

        return !follows ? (run, null)
            : (run.State is StepRunState.Submitted or StepRunState.Running && run.WorkloadId is not null) || run.NextAttemptAt is not null
                ? await new RunFollower(context, found.Store, _observer).FollowAsync(run, ct).ConfigureAwait(false)
                : (run, EndedRunErrors.FailureOf(run));
    }
}
