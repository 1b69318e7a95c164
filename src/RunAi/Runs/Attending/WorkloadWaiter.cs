using System.Collections.Concurrent;
using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>
/// Waits for workloads and runs of one step operator. A run that is tried again is waited for to the end of its last attempt.
/// </summary>
internal sealed class WorkloadWaiter
{
    private const int FewRuns = 4;
    private const int MeasuredRuns = 20;

    private readonly RunServices _services;
    private readonly StepOperatorConnection _connection;
    private readonly IRunObserver _observer;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="connection">The step operator's.</param>
    /// <param name="observer">Is told what is still waited for.</param>
    public WorkloadWaiter(RunServices services, StepOperatorConnection connection, IRunObserver observer)
    {
        _services = services;
        _connection = connection;
        _observer = observer;
    }

    /// <summary>How long a workload may wait to run; null for what a run was submitted with.</summary>
    public TimeSpan? PendingTimeout { get; init; }

    /// <summary>How long a workload may take from its creation to its end; null for what a run was submitted with.</summary>
    public TimeSpan? WorkloadTimeout { get; init; }

    /// <summary>How long a workload may run; null for what a run was submitted with.</summary>
    public TimeSpan? RunTimeout { get; init; }

    /// <summary>True to wait on while a workload is suspended.</summary>
    public bool WhileStopped { get; init; }

    /// <summary>True to end the wait for a workload, and suspend it, when no node can ever hold it.</summary>
    public bool FailsIfUnschedulable { get; init; }

    /// <summary>
    /// Gets each that cannot be waited for, as one that does not exist, and why: the others are. Null to fail with the first.
    /// </summary>
    public Action<AwaitedWorkload, RunAiException>? Refused { get; init; }

    /// <summary>The name of the store that has the records of runs without a store of their own; null for none.</summary>
    public string? RecordStore { get; init; }

    /// <summary>Waits for all of them.</summary>
    /// <param name="awaited">What to wait for.</param>
    /// <param name="ended">Gets each run or workload at its end, and its failure.</param>
    /// <param name="ct">Ends the wait; the workloads go on.</param>
    public async Task WaitAsync(IEnumerable<AwaitedWorkload> awaited, Action<object, RunAiException?> ended, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var retried = new List<Task>();
        try
        {
            await WaitAsync(awaited, retried, ended, over.Token).ConfigureAwait(false);
        }
        catch
        {
            // Nothing is submitted for a wait that is over.
            over.Cancel();
            throw;
        }

        await Task.WhenAll(retried).ConfigureAwait(false);
    }

    /// <summary>What is waited for, as the control plane shows it now.</summary>
    /// <param name="awaited">A run or workload that has not ended.</param>
    /// <param name="ct">Ends the look-up.</param>
    /// <returns>The run, brought up to its workload's phase; or the workload.</returns>
    public async Task<object> CurrentAsync(AwaitedWorkload awaited, CancellationToken ct)
    {
        if (awaited.Run is { NextAttemptAt: not null } between)
        {
            return between;
        }

        var id = await _connection.WorkloadIdAsync(awaited.Id, awaited.Name, ct).ConfigureAwait(false);
        var workload = await new WorkloadCatalog(_connection).GetAsync(id, ct).ConfigureAwait(false);
        if (awaited.Run is not { } run)
        {
            return workload;
        }

        run.Phase = workload.Phase;
        run.State = RunStateRecorder.StateOf(workload.Phase) ?? run.State;
        return run;
    }

    private async Task WaitAsync(
        IEnumerable<AwaitedWorkload> awaited, List<Task> retried, Action<object, RunAiException?> ended, CancellationToken ct)
    {
        var runs = new Dictionary<string, StepRun?>(StringComparer.OrdinalIgnoreCase);
        var recorders = new ConcurrentDictionary<string, RunStateRecorder>(StringComparer.OrdinalIgnoreCase);
        var requests = new List<WatchRequest>();
        foreach (var workload in awaited)
        {
            if (workload.Run is { IsCached: true } cached)
            {
                ended(cached, null);
                continue;
            }

            if (workload.Run is { NextAttemptAt: not null } between)
            {
                retried.Add(FollowAsync(between, null, ended, ct));
                continue;
            }

            if (await IdAsync(workload, ct).ConfigureAwait(false) is { } id && !runs.ContainsKey(id))
            {
                runs.Add(id, workload.Run);
                requests.Add(RequestFor(id, workload, recorders, ct));
            }
        }

        var conclusions = Task.CompletedTask;
        var hint = new EndHint();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watches = await WatchResultsAsync(
            hint, [.. runs.Values.OfType<StepRun>().Where(run => run.ArtifactStore is not null)], over.Token).ConfigureAwait(false);
        try
        {
            await new WorkloadWait(_connection, _services.Time, _services.Log)
                .WaitAsync(requests, WhileStopped, result => conclusions = ConcludeAsync(conclusions, result), _observer.OnWaiting, ct,
                    hint).ConfigureAwait(false);
            await conclusions.ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
            await Task.WhenAll(watches).ConfigureAwait(false);
        }

        async Task ConcludeAsync(Task before, WorkloadResult result)
        {
            if (runs[result.Outcome.Workload.WorkloadId] is not { } run)
            {
                await before.ConfigureAwait(false);
                _observer.OnEnded(result.Outcome.Workload);
                ended(result.Outcome.Workload, result.Failure);
                return;
            }

            if (recorders.TryGetValue(result.Outcome.Workload.WorkloadId, out var recorder))
            {
                await recorder.CompleteAsync().ConfigureAwait(false);
            }

            var (store, journal) = await PlacesAsync(run, ct).ConfigureAwait(false);
            var failure = await new RunFinalizer(store, journal, _services.Log).FinalizeAsync(run, result, ct).ConfigureAwait(false);
            await before.ConfigureAwait(false);
            await ReportAsync(run, result.Outcome.Workload, failure, journal, isMany: runs.Count > MeasuredRuns, ct).ConfigureAwait(false);
            if (run.HasNextAttempt || run.Verdict is not null)
            {
                retried.Add(FollowAsync(run, failure, ended, ct));
                return;
            }

            ended(run, failure);
        }
    }

    /// <summary>The id of a workload; null for one that does not exist, when that is told apart.</summary>
    private async Task<string?> IdAsync(AwaitedWorkload workload, CancellationToken ct)
    {
        try
        {
            return await _connection.WorkloadIdAsync(workload.Id, workload.Name, ct).ConfigureAwait(false);
        }
        catch (RunAiApiException failure) when (Refused is not null && failure.ErrorId == ErrorIds.WorkloadNotFound)
        {
            Refused(workload, failure);
            return null;
        }
    }

    /// <summary>Looks for the results of runs that have a store, where they are few: many are polled often enough by their list.</summary>
    private async Task<IReadOnlyList<Task>> WatchResultsAsync(EndHint hint, StepRun[] runs, CancellationToken over)
    {
        List<Task> watches = [];
        foreach (var run in runs.Length <= FewRuns ? runs : [])
        {
            if (await _services.StoreAsync(run.ArtifactStore, over).ConfigureAwait(false) is { } store)
            {
                watches.Add(new ResultWatch(store, _services.Time).GiveAsync(hint, run, over));
            }
        }

        return watches;
    }

    /// <summary>Follows a run whose attempt is over to the end of its last.</summary>
    private async Task FollowAsync(StepRun run, RunAiException? failure, Action<object, RunAiException?> ended, CancellationToken ct)
    {
        var (store, journal) = await PlacesAsync(run, ct).ConfigureAwait(false);
        var context = await _services.ContextAsync(_connection, journal, ct).ConfigureAwait(false);
        var follower = new RunFollower(context, store) { Limits = LimitsOf, WhileStopped = WhileStopped, EndObserver = _observer };
        try
        {
            (run, failure) = await follower.FollowAsync(run, ct, failure).ConfigureAwait(false);
        }
        catch (RunAiException refused)
        {
            failure = refused;
        }

        ended(run, failure);
    }

    /// <summary>Says how a run ended. Of many, none is measured: the last one's end would wait for that.</summary>
    private Task ReportAsync(
        StepRun run, Workload workload, RunAiException? failure, RunJournal journal, bool isMany, CancellationToken ct) =>
        new RunEndReporter(_connection, _services.Time, _services.Log)
        {
            Observer = _observer,
            Notifier = _services.Notifier,
            Measures = !isMany,
        }
            .ReportAsync(run, workload, failure, journal, ct);

    private async Task<(IArtifactStore? Store, RunJournal Journal)> PlacesAsync(StepRun run, CancellationToken ct)
    {
        var store = await _services.StoreAsync(run.ArtifactStore, ct).ConfigureAwait(false);
        var recorded = store ?? await _services.StoreAsync(RecordStore, ct).ConfigureAwait(false);
        return (store, await _services.JournalAsync(recorded, ct).ConfigureAwait(false));
    }

    /// <summary>A workload that is no run of ours has no limits but those given here, and is never deleted.</summary>
    private WatchRequest RequestFor(
        string id, AwaitedWorkload workload, ConcurrentDictionary<string, RunStateRecorder> recorders, CancellationToken ct) =>
        new(id, workload.Name)
        {
            DeleteOnFailure = workload.Run is not null && _connection.Operator.DeleteOnFailure,
            Limits = LimitsOf(workload.Run ?? new StepRun()),
            Changed = workload.Run is not { } run ? null
                : seen => recorders.GetOrAdd(id, _ => new RunStateRecorder(run, () => JournalAsync(run, ct), _services.Log))
                    .Observe(seen, ct),
        };

    private async Task<RunJournal> JournalAsync(StepRun run, CancellationToken ct) =>
        (await PlacesAsync(run, ct).ConfigureAwait(false)).Journal;

    private TimeLimits LimitsOf(StepRun run) => RunLimits.Of(run, PendingTimeout, WorkloadTimeout, RunTimeout, FailsIfUnschedulable);
}
