using RunAi.Operators;

namespace RunAi.Runs.Attending;

/// <summary>Attaches to a recorded run again, on any machine that reaches its record.</summary>
internal sealed class RunAttendant
{
    private readonly RunServices _services;
    private readonly IRunObserver _observer;
    private StepOperatorConnection? _connection;
    private RunContext? _context;
    private StepRun? _run;
    private RunFollower? _follower;

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

        _connection = await _services.ConnectAsync(found.Record, choice, ct).ConfigureAwait(false);
        var context = _context = await _services.ContextAsync(_connection, found.Journal, ct).ConfigureAwait(false);
        _run = run;
        if (!found.Record.IsOver)
        {
            run = _run = await new RunRefresh(context).RefreshAsync(found.Record, found.StoreName, found.Store, ct).ConfigureAwait(false);
        }

        if (follows && run.WorkloadId is not null)
        {
            _observer.OnSubmitted(run);
        }

        if (!follows)
        {
            return (run, null);
        }

        if ((run.State is not (StepRunState.Submitted or StepRunState.Running) || run.WorkloadId is null) && run.NextAttemptAt is null)
        {
            _run = null;
            return (run, EndedRunErrors.FailureOf(run));
        }

        _follower = new RunFollower(context, found.Store, _observer);
        return await _follower.FollowAsync(run, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Puts the run in order after the wait for it was ended early, and records that. It has a short patience of its own.
    /// </summary>
    /// <param name="action">What becomes of its workload.</param>
    /// <param name="how">What ended the wait, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it; null when it was not reached yet, or is over.</returns>
    public async Task<string?> StopAsync(CancelAction action, string how)
    {
        if (_run is not { WorkloadName: { Length: > 0 } name } run || (_follower is null && run.NextAttemptAt is not null))
        {
            return null;
        }

        var cancelled = new CancelledRun(_connection!, _context, _services.Time)
        {
            RunId = run.RunId,
            Attempt = _follower?.AttemptNumber ?? run.Attempt,
            IsRepeatable = false,
        };
        return _follower is null
            ? await cancelled.EndAsync(action, name, run.WorkloadId, how).ConfigureAwait(false)
            : await new FollowedRunStop(_follower, run, cancelled).EndAsync(action, how).ConfigureAwait(false);
    }
}
