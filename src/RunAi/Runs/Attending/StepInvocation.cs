using RunAi.Operators;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>Submits a step and follows its run to the end. Whoever gives up before has the workload suspended, deleted or left.</summary>
internal sealed class StepInvocation
{
    private readonly RunServices _services;
    private readonly StepSubmission _submission;
    private readonly IRunObserver _observer;
    private StepOperatorConnection? _connection;
    private Step? _step;
    private StepRun? _run;
    private RunFollower? _follower;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="submission">Submits the step.</param>
    /// <param name="observer">Is told of progress and of the log.</param>
    public StepInvocation(RunServices services, StepSubmission submission, IRunObserver observer)
    {
        _services = services;
        _submission = submission;
        _observer = observer;
    }

    /// <summary>True to end the wait, and suspend the workload, when no node can ever hold it.</summary>
    public bool FailsIfUnschedulable { get; init; }

    /// <summary>What becomes of the workload of work that is ended early.</summary>
    public CancelAction OnCancel { get; init; }

    /// <summary>True when the run has ended, or nothing was submitted: there is nothing to put in order.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Submits the step and waits for its end.</summary>
    /// <param name="connection">The step operator's.</param>
    /// <param name="step">The step.</param>
    /// <param name="confirm">Is shown the plan before anything is stored or sent; false ends it there.</param>
    /// <param name="ct">Ends the work; <see cref="StopAsync"/> then stops the workload.</param>
    /// <returns>The run, null when the caller said no; and its failure, null for a success.</returns>
    public async Task<(StepRun? Run, RunAiException? Failure)> RunAsync(
        StepOperatorConnection connection, Step step, Func<StepPlan, Task<bool>> confirm, CancellationToken ct)
    {
        (_connection, _step) = (connection, step);
        _run = await _submission.SubmitAsync(connection, step, confirm, ct).ConfigureAwait(false);
        if (_run is null or { State: StepRunState.Succeeded })
        {
            IsOver = true;
            return (_run, null);
        }

        _observer.OnSubmitted(_run);
        var store = await _services.StoreAsync(_run.ArtifactStore, ct).ConfigureAwait(false);
        _follower = new RunFollower(_submission.Context!, store, _observer) { Limits = LimitsOf };
        (_run, var failure) = await _follower.FollowAsync(_run, ct).ConfigureAwait(false);
        IsOver = true;
        return (_run, failure);
    }

    /// <summary>
    /// Puts in order what there is, after the work was ended early, and records that. It has a short patience of its own.
    /// </summary>
    /// <param name="how">What ended it, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it; null when it had not begun, or was refused.</returns>
    public async Task<string?> StopAsync(string how = RunStop.Interrupt)
    {
        if (_follower is { } follower)
        {
            return await new FollowedRunStop(follower, _run!, Cancelled(follower)).EndAsync(OnCancel, how).ConfigureAwait(false);
        }

        if (_connection is null || IsOver)
        {
            return null;
        }

        var cancelled = CancelledRun.Of(_submission, _connection, _services.Time);
        return await cancelled.EndAsync(OnCancel, _submission, _run?.WorkloadId, how).ConfigureAwait(false)
            ?? $"Step '{_step!.Name}' was ended by {how} before it was submitted: nothing of it is left on the cluster.";
    }

    private TimeLimits LimitsOf(StepRun run) => RunLimits.Of(run, null, null, null, FailsIfUnschedulable);

    private CancelledRun Cancelled(RunFollower follower) => new(_connection!, _submission.Context, _services.Time)
    {
        RunId = _run!.RunId,
        Attempt = follower.AttemptNumber,
        IsKeyed = _submission.RunKey is not null,
    };
}
