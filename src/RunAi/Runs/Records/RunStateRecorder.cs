using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>
/// Records, while a run is waited for, that its workload began to run or went back to the queue, so that the record does not tell an
/// earlier state all the time. It keeps nobody waiting; trouble with the store only leaves the record behind.
/// </summary>
internal sealed class RunStateRecorder
{
    /// <summary>Of thousands that begin to run together, few are recorded at once.</summary>
    private const int AtOnce = 8;

    private static readonly ConcurrencyLimit Limit = new(AtOnce);

    private readonly StepRun _run;
    private readonly Func<Task<RunJournal>> _journal;
    private readonly IActivityLog _log;
    private StepRunState _state;
    private Task _recording = Task.CompletedTask;

    /// <param name="run">The run, in the attempt that is waited for.</param>
    /// <param name="journal">Opens the place where it is recorded.</param>
    /// <param name="log">Gets what goes wrong.</param>
    public RunStateRecorder(StepRun run, Func<Task<RunJournal>> journal, IActivityLog log)
    {
        _run = run;
        _journal = journal;
        _log = log;
        _state = run.State;
    }

    /// <summary>Observes a workload whose phase changed. One call at a time.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="ct">Ends the recording.</param>
    public void Observe(Workload workload, CancellationToken ct)
    {
        if (StateOf(workload.Phase) is { } state && state != _state)
        {
            _state = state;
            _recording = RecordAsync(_recording, state, workload, ct);
        }
    }

    /// <summary>Ends when everything that was observed is recorded.</summary>
    public Task CompleteAsync() => _recording;

    /// <summary>
    /// Where a run stands whose workload is in a phase that it goes on from; null for one that has ended or is being stopped.
    /// </summary>
    public static StepRunState? StateOf(string phase) =>
        WorkloadPhases.IsRunning(phase) ? StepRunState.Running
        : WorkloadPhases.IsWaitingToRun(phase) ? StepRunState.Submitted
        : null;

    private async Task RecordAsync(Task before, StepRunState state, Workload workload, CancellationToken ct)
    {
        await before.ConfigureAwait(false);
        try
        {
            await Limit.RunAsync(() => RecordAsync(state, workload, ct), ct).ConfigureAwait(false);
        }
        catch (RunAiException trouble)
        {
            _log.Verbose($"The record of run {_run.RunId} was not brought up to '{state}': {trouble.Message}");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The wait is over; its end is recorded by whoever ends it.
            return;
        }
    }

    private async Task RecordAsync(StepRunState state, Workload workload, CancellationToken ct)
    {
        var journal = await _journal().ConfigureAwait(false);
        var last = await journal.LastAsync(_run.RunId, ct).ConfigureAwait(false);
        if (last is null || last.IsOver || last.WorkloadId != workload.WorkloadId || last.State == state)
        {
            return;
        }

        var entry = last.Going(state, workload.Phase);
        entry.StartedAt ??= state == StepRunState.Running ? workload.PhaseUpdatedAt : null;
        await journal.AppendAsync(entry, ct).ConfigureAwait(false);
    }
}
