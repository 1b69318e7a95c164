using RunAi.Content;
using RunAi.Operators;

namespace RunAi.Runs;

/// <summary>
/// Puts the workload of a run in order whose owner was ended early, records that, and says what is left and how to go on.
/// </summary>
internal sealed class CancelledRun
{
    /// <summary>How long it may take. An agent of Azure Pipelines waits 7.5 s after its first signal.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly StepOperatorConnection _connection;
    private readonly RunContext? _context;
    private readonly TimeProvider _time;

    /// <param name="connection">The step operator's.</param>
    /// <param name="context">What the work went by; null when it did not come so far.</param>
    /// <param name="time">The clock to wait by.</param>
    public CancelledRun(StepOperatorConnection connection, RunContext? context, TimeProvider time)
    {
        // Nobody takes lines any more.
        _connection = connection.WithLog(SilentLog.Instance);
        (_context, _time) = (context, time);
    }

    /// <summary>The run's id; null while it has none.</summary>
    public string? RunId { get; init; }

    /// <summary>The attempt that the workload is of; null for the last.</summary>
    public int? Attempt { get; init; }

    /// <summary>True when the same command finds the run again.</summary>
    public bool IsKeyed { get; init; }

    /// <summary>True when the same command runs the step again.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>For the run that a submission makes.</summary>
    public static CancelledRun Of(StepSubmission submission, StepOperatorConnection connection, TimeProvider time) =>
        new(connection, submission.Context, time) { RunId = submission.PlannedRunId, IsKeyed = submission.RunKey is not null };

    /// <summary>Does what is asked for with what a submission has sent so far.</summary>
    /// <param name="action">What becomes of the workload.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="workloadId">The workload's id; null when it may not have been created.</param>
    /// <param name="how">What ended the work, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it; null when nothing was sent.</returns>
    public async Task<string?> EndAsync(CancelAction action, StepSubmission submission, string? workloadId, string how)
    {
        if (submission.SentWorkload is { } sent)
        {
            return await EndAsync(action, sent, workloadId, how).ConfigureAwait(false);
        }

        await ReleaseAsync(how).ConfigureAwait(false);
        return null;
    }

    /// <summary>Does what is asked for with the workload.</summary>
    /// <param name="action">What becomes of it.</param>
    /// <param name="name">The workload's name.</param>
    /// <param name="workloadId">Its id; null when it may not have been created.</param>
    /// <param name="how">What ended the work, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it.</returns>
    public async Task<string> EndAsync(CancelAction action, string name, string? workloadId, string how)
    {
        var look = $"Look with: Get-RunAiWorkload {name}. Remove it with: Remove-RunAiWorkload {name}";
        if (action == CancelAction.Leave)
        {
            return workloadId is null
                ? $"Ended by {how} while workload '{name}' was being submitted: it may exist and run.{Again(" goes on with it.")} {look}"
                : $"Ended by {how}; workload '{name}' goes on. Wait for it with: Resume-RunAiStepRun {RunId} "
                    + $"-Wait.{Again(" does so, too.")} Stop it with: Stop-RunAiWorkload {name}";
        }

        var (deletes, done) = action == CancelAction.Delete ? (true, "deleted") : (false, "suspended");
        using var patience = new StallTimer(_time, Patience, CancellationToken.None);
        try
        {
            if (await RunSuspender.SuspendAsync(
                _connection, workloadId, name, deletes, _time, patience.Token).ConfigureAwait(false) is not { } id)
            {
                await ReleaseAsync(how, patience.Token).ConfigureAwait(false);
                return $"Stopped while workload '{name}' was being submitted. The control plane does not list it, so nothing is "
                    + $"left.{Again(" submits it.")} {look}";
            }

            await RecordAsync(id, deletes, how, patience.Token).ConfigureAwait(false);
            return deletes
                ? $"Stopped: workload '{name}' is being deleted."
                    + (IsRepeatable ? $" The same command{(IsKeyed ? " with its -RunKey" : "")} runs the step again." : "")
                : $"Stopped: workload '{name}' is being suspended, and what it holds of GPUs is free when its pods have ended. "
                    + $"Resume it with: Resume-RunAiWorkload {name}.{Again(" resumes it, too.")} Remove it with: "
                    + $"Remove-RunAiWorkload {name}";
        }
        catch (Exception e) when (e is RunAiException or OperationCanceledException)
        {
            var why = e is RunAiException ? e.Message : $"the control plane did not answer within {Patience.TotalSeconds} seconds.";
            return $"Stopped, but workload '{name}' could not be {done} and may still run: {why} {look}";
        }
    }

    /// <summary>
    /// Records that this process's submission made no workload, so that the next one with the same key, also on another machine, need not
    /// wait whether it is still at work.
    /// </summary>
    private async Task ReleaseAsync(string how, CancellationToken ct)
    {
        if (RunId is null || _context is not { } context)
        {
            return;
        }

        try
        {
            if (await context.Journal.LastAsync(RunId, ct).ConfigureAwait(false) is { State: StepRunState.Submitting } last
                && RunOwners.HasGivenUp(last))
            {
                var run = last.ToRun(null);
                run.State = StepRunState.Failed;
                await context.Journal.AppendAsync(
                    last.With(run, $"Its submission was ended by {how} before there was a workload."), ct).ConfigureAwait(false);
            }
        }
        catch (RunAiException trouble)
        {
            context.Log.Verbose($"That run {RunId} has no workload could not be recorded: {trouble.Message}");
        }
    }

    private async Task ReleaseAsync(string how)
    {
        using var patience = new StallTimer(_time, Patience, CancellationToken.None);
        try
        {
            await ReleaseAsync(how, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The store is slow: the next submission waits until the lease is over.
            return;
        }
    }

    private string Again(string what) => IsKeyed ? $" The same command with its -RunKey{what}" : "";

    /// <summary>
    /// Records who did it, so that nobody takes it for somebody else's doing. Trouble with the record changes nothing of that.
    /// </summary>
    private async Task RecordAsync(string workloadId, bool deletes, string how, CancellationToken ct)
    {
        if (RunId is null || _context is null)
        {
            return;
        }

        try
        {
            var now = _connection.Client.Session.ServerTime;
            var stop = new RunStop(how, Environment.MachineName, now);
            if (await _context.Journal.LastAsync(RunId, ct).ConfigureAwait(false) is { IsOver: false } last
                && last.Attempt == (Attempt ?? last.Attempt))
            {
                await _context.Journal.AppendAsync(
                    deletes ? Deleted(last, workloadId, stop) : last.Stopped(workloadId, stop), ct).ConfigureAwait(false);
            }
        }
        catch (RunAiException trouble)
        {
            _context.Log.Verbose($"Who ended run {RunId} could not be recorded: {trouble.Message}");
        }
    }

    private static RunRecord Deleted(RunRecord last, string workloadId, RunStop stop)
    {
        var run = last.ToRun(null);
        (run.State, run.WorkloadId, run.EndedAt) = (StepRunState.Deleted, workloadId, stop.At);
        var entry = last.With(run, $"It was {stop}, and its workload deleted. The same command with its -RunKey makes another attempt.");
        entry.StoppedBy = stop;
        return entry;
    }
}
