using RunAi.Artifacts;
using RunAi.Runs.Log;
using RunAi.Runs.Retries;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>
/// Follows a run: waits for the end of its workload, shows its log meanwhile, says how it ended, and goes on with the next attempt where
/// the run has one.
/// </summary>
internal sealed class RunFollower
{
    private readonly RunContext _context;
    private readonly IArtifactStore? _store;
    private readonly IRunObserver? _observer;
    private readonly RunAttempts _attempts;

    /// <param name="context">What the work goes by.</param>
    /// <param name="store">The run's store; null for a run without the step runner, whose log is read through the cluster.</param>
    /// <param name="observer">Is told of progress and of the log; null for nobody, then the log is not read.</param>
    public RunFollower(RunContext context, IArtifactStore? store, IRunObserver? observer = null)
    {
        _context = context;
        _store = store;
        _observer = observer;
        _attempts = new RunAttempts(context, store);
    }

    /// <summary>The time limits of an attempt; those it was submitted with by default.</summary>
    public Func<StepRun, TimeLimits> Limits { get; init; } = RunLimits.Of;

    /// <summary>True to wait on while the workload is suspended.</summary>
    public bool WhileStopped { get; init; }

    /// <summary>True to observe only: neither time limits nor DeleteOnFailure do anything to the workload.</summary>
    public bool IsOnlooker { get; init; }

    /// <summary>Is told how attempts end; by default who is told of progress and log.</summary>
    public IRunObserver? EndObserver { get; init; }

    /// <summary>The name of the workload that there may be by now; null between two attempts.</summary>
    public string? WorkloadName => _attempts.WorkloadName;

    /// <summary>The run once it has ended for good; null before.</summary>
    public StepRun? Ended => _attempts.Ended;

    /// <summary>The number of its attempt.</summary>
    public int AttemptNumber => _attempts.AttemptNumber;

    /// <summary>Its id, once it is known.</summary>
    public string? WorkloadId => _attempts.Attended?.WorkloadId;

    /// <summary>Brings a run to the end of its last attempt.</summary>
    /// <param name="run">A run with a workload, or one that is between two attempts.</param>
    /// <param name="ct">Ends the wait; the workload goes on.</param>
    /// <param name="failure">The failure of an attempt that is over, where it is known.</param>
    /// <returns>The run, and the failure of its last attempt, or null for a success.</returns>
    public async Task<(StepRun Run, RunAiException? Failure)> FollowAsync(StepRun run, CancellationToken ct, RunAiException? failure = null)
    {
        (run, failure) = await _attempts.FollowAsync(run, AttendAsync, ct, failure).ConfigureAwait(false);
        if (run.HasNextAttempt && _context.Notifier?.IsWanted(run) == true)
        {
            // Another attempt was to follow and cannot any more: this was the end.
            await _context.Notifier.TellAsync(
                new RunFigures(run, null), RunErrors.DiagnosisOf(failure)?.Cause, _context.Journal, ct).ConfigureAwait(false);
        }

        return (run, failure);
    }

    /// <summary>Waits for the end of one attempt, and brings the run and its record up to that.</summary>
    /// <returns>The failure, or null for a success.</returns>
    public async Task<RunAiException?> AttendAsync(StepRun attempt, CancellationToken ct)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var recorder = new RunStateRecorder(attempt, () => Task.FromResult(_context.Journal), _context.Log);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var hint = new EndHint();
        var watch = _store is null ? Task.CompletedTask : new ResultWatch(_store, _context.Time).GiveAsync(hint, attempt, over.Token);
        var log = _observer is null
            ? Task.CompletedTask
            : LogOf(attempt, _observer).FollowAsync(_observer.OnLogLine, ended.Task, reading.Token);
        WorkloadResult result;
        try
        {
            result = await WaitAsync(attempt, ct, recorder, hint).ConfigureAwait(false);
        }
        catch
        {
            reading.Cancel();
            throw;
        }
        finally
        {
            over.Cancel();
            await watch.ConfigureAwait(false);
        }

        ended.SetResult(true);
        await log.ConfigureAwait(false);
        await recorder.CompleteAsync().ConfigureAwait(false);
        var failure = await new RunFinalizer(_store, _context.Journal, _context.Log) { IsLogShown = _observer is not null }
            .FinalizeAsync(attempt, result, ct).ConfigureAwait(false);
        await new RunEndReporter(_context.Connection, _context.Time, _context.Log)
        {
            Observer = EndObserver ?? _observer,
            Notifier = _context.Notifier,
        }
            .ReportAsync(attempt, result.Outcome.Workload, failure, _context.Journal, ct).ConfigureAwait(false);
        return failure;
    }

    /// <summary>Waits for the end of the workload of an attempt.</summary>
    /// <param name="attempt">The run in that attempt.</param>
    /// <param name="ct">Ends the wait; the workload goes on.</param>
    /// <param name="recorder">Records the states it goes through; null for nobody.</param>
    /// <param name="hint">Tells that it has most likely ended; null when nothing does.</param>
    public async Task<WorkloadResult> WaitAsync(
        StepRun attempt, CancellationToken ct, RunStateRecorder? recorder = null, EndHint? hint = null)
    {
        var request = new WatchRequest(attempt.WorkloadId!, attempt.WorkloadName)
        {
            DeleteOnFailure = !IsOnlooker && _context.Operator.DeleteOnFailure,
            Limits = IsOnlooker ? TimeLimits.None : Limits(attempt),
            Changed = workload => recorder?.Observe(workload, ct),
        };
        WorkloadResult? ended = null;
        await new WorkloadWait(_context.Connection, _context.Time, _context.Log)
            .WaitAsync(
                [request], WhileStopped, result => ended = result, status => _observer?.OnWaiting(status), ct, hint).ConfigureAwait(false);
        return ended!;
    }

    /// <summary>The log of the attempt that is waited for; that of earlier ones has been told.</summary>
    private ILogFollower LogOf(StepRun run, IRunObserver observer) => _store is null
        ? new ClusterLogFollower(ClusterLogSource.Of(_context.Connection, run), _context.Time, _context.Log) { Attempt = run.Attempt }
        : new LogFollower(SourceOf(run, _store), _context.Time, _context.Log) { State = observer.OnLogState };

    private static ILogSource SourceOf(StepRun run, IArtifactStore store)
    {
        var begin = new LogPosition(run.Attempt, 0, default);
        return run.Replicas.Length == 0
            ? new RunLog(store, run.RunId, begin) { Attempt = run.Attempt }
            : new ReplicaLog(store, run, after: run.Replicas.ToDictionary(replica => replica.Name, _ => begin));
    }
}
