using RunAi.Operators;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>Submits a step and follows its run to the end. Whoever gives up before has the workload suspended.</summary>
internal sealed class StepInvocation
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly RunServices _services;
    private readonly StepSubmission _submission;
    private readonly IRunObserver _observer;
    private StepOperatorConnection? _connection;
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

    /// <summary>Submits the step and waits for its end.</summary>
    /// <param name="connection">The step operator's.</param>
    /// <param name="step">The step.</param>
    /// <param name="confirm">Is shown the plan before anything is stored or sent; false ends it there.</param>
    /// <param name="ct">Ends the work; <see cref="StopAsync"/> then stops the workload.</param>
    /// <returns>The run, null when the caller said no; and its failure, null for a success.</returns>
    public async Task<(StepRun? Run, RunAiException? Failure)> RunAsync(
        StepOperatorConnection connection, Step step, Func<StepPlan, Task<bool>> confirm, CancellationToken ct)
    {
        _connection = connection;
        _run = await _submission.SubmitAsync(connection, step, confirm, ct).ConfigureAwait(false);
        if (_run is null or { State: StepRunState.Succeeded })
        {
            return (_run, null);
        }

        _observer.OnSubmitted(_run);
        var store = await _services.StoreAsync(_run.ArtifactStore, ct).ConfigureAwait(false);
        _follower = new RunFollower(_submission.Context!, store, _observer) { Limits = LimitsOf };
        (_run, var failure) = await _follower.FollowAsync(_run, ct).ConfigureAwait(false);
        return (_run, failure);
    }

    /// <summary>Stops what there is, after the work was ended early, and records that. It has a short patience of its own.</summary>
    /// <param name="how">What ended it, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it; null when nothing was sent.</returns>
    public async Task<string?> StopAsync(string how = RunStop.Interrupt) => _follower switch
    {
        { WorkloadName: { } name } => await SuspendAsync(name, _follower.WorkloadId, how).ConfigureAwait(false),
        not null => $"Stopped between two attempts of run {_run!.RunId}: no workload of it is left running, and no other is made. Go on with: "
            + $"Resume-RunAiStepRun {_run.RunId} -Wait",
        null => _submission.SentWorkload is { } sent ? await SuspendAsync(sent, _run?.WorkloadId, how).ConfigureAwait(false) : null,
    };

    private TimeLimits LimitsOf(StepRun run) => RunLimits.Of(run, null, null, null, FailsIfUnschedulable);

    private async Task<string> SuspendAsync(string name, string? workloadId, string how)
    {
        using var patience = new CancellationTokenSource(StopPatience);
        var look = $"Look with: Get-RunAiWorkload {name}. Remove it with: Remove-RunAiWorkload {name}";
        try
        {
            // The session holds the token, and nobody takes lines any more.
            var connection = _connection!.WithLog(SilentLog.Instance);
            if (await RunSuspender.SuspendAsync(connection, workloadId, name, _services.Time, patience.Token).ConfigureAwait(false) is { } id)
            {
                await RecordAsync(id, how, patience.Token).ConfigureAwait(false);
                var again = _submission.RunKey is null ? "" : " So does the same command with its -RunKey.";
                return $"Stopped: workload '{name}' is being suspended, and what it holds of GPUs is free when its pods have ended. "
                    + $"Resume it with: Resume-RunAiWorkload {name}.{again} Remove it with: Remove-RunAiWorkload {name}";
            }

            return $"Stopped while workload '{name}' was being submitted. The control plane does not list it, so nothing is left. {look}";
        }
        catch (Exception e) when (e is RunAiException or OperationCanceledException)
        {
            var why = e is RunAiException ? e.Message : $"the control plane did not answer within {StopPatience.TotalSeconds} seconds.";
            return $"Stopped, but workload '{name}' could not be suspended and may still run: {why} {look}";
        }
    }

    /// <summary>Records who suspended the workload, so that nobody takes it for somebody else's doing. Trouble with the record changes nothing of that.</summary>
    private async Task RecordAsync(string workloadId, string how, CancellationToken ct)
    {
        var runId = _run?.RunId ?? _submission.SentRunId;
        var context = _submission.Context!;
        try
        {
            var stop = new RunStop(how, Environment.MachineName, _connection!.Client.Session.ServerTime);
            if (runId is not null && await context.Journal.LastAsync(runId, ct).ConfigureAwait(false) is { IsOver: false } last
                && last.Attempt == (_follower?.AttemptNumber ?? last.Attempt))
            {
                await context.Journal.AppendAsync(last.Stopped(workloadId, stop), ct).ConfigureAwait(false);
            }
        }
        catch (RunAiException trouble)
        {
            context.Log.Verbose($"Who suspended run {runId} could not be recorded: {trouble.Message}");
        }
    }
}
