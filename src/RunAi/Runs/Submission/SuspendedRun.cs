using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>Goes on with a run whose workload is suspended, or makes room for another attempt of it.</summary>
internal sealed class SuspendedRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long the control plane may take to show a suspension that it accepted.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RunContext _context;

    /// <param name="context">What the work goes by.</param>
    public SuspendedRun(RunContext context) => _context = context;

    /// <summary>Whether a workload is suspended, or is being suspended.</summary>
    public static bool Is(string? phase) => phase is WorkloadPhases.Stopped or WorkloadPhases.Stopping;

    /// <summary>Whether the phase of a workload may not yet show that a command of ours had it suspended just now.</summary>
    /// <param name="last">The run's last entry.</param>
    /// <param name="phase">The phase; null for a workload that is no longer there.</param>
    public bool IsBeingSuspended(RunRecord last, string? phase) =>
        last is { State: StepRunState.Stopped, StoppedBy: { } stop } && phase is not null && RunStateRecorder.StateOf(phase) is not null
        && _context.Client.Session.ServerTime - stop.At < Settling;

    /// <summary>
    /// Resumes the workload that a command of ours suspended, and records that. One that was resumed meanwhile, or has ended, is left as it
    /// is.
    /// </summary>
    /// <param name="last">The run's last entry, with the command that suspended it.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The run's entry.</returns>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: its pods do not end, or it does not go on.</exception>
    public async Task<RunRecord> ResumeAsync(RunRecord last, CancellationToken ct)
    {
        var isAsked = false;
        for (var waited = TimeSpan.Zero; waited <= Patience; waited += Pause)
        {
            var phase = await _context.Client.FindPhaseAsync(last.WorkloadId!, ct).ConfigureAwait(false);
            if (!Is(phase) && (isAsked || !IsBeingSuspended(last, phase)))
            {
                _context.Waiting?.Invoke(new WatchStatus(0, null, new Dictionary<string, int>()));
                return phase is not null && RunStateRecorder.StateOf(phase) is { } state
                    ? await RecordAsync(last, state, phase, ct).ConfigureAwait(false)
                    : last;
            }

            if (phase == WorkloadPhases.Stopped && !isAsked)
            {
                _context.Log.Warning($"Run {last.RunId} was {last.StoppedBy}. Its workload '{last.WorkloadName}' is resumed.");
                await _context.Client.ResumeTrainingAsync(last.WorkloadId!, ct, last.Kind).ConfigureAwait(false);
                isAsked = true;
            }

            Show(last, phase, isAsked);
            await _context.Time.DelayAsync(Pause, ct).ConfigureAwait(false);
        }

        throw new RunAiException(
            ErrorIds.RunConflict,
            isAsked
                ? $"Workload '{last.WorkloadName}' was resumed, but does not go on after {Patience.TotalMinutes:0} minutes. Look with: "
                    + $"Get-RunAiWorkload {last.WorkloadName}"
                : $"Workload '{last.WorkloadName}' is being suspended, and its pods have not ended after {Patience.TotalMinutes:0} "
                    + "minutes. Run the same command again later.")
        {
            Target = last.RunId,
        };
    }

    /// <summary>
    /// Deletes a suspended workload and records that, so that the run gets another attempt. Its log, outputs and checkpoint stay.
    /// </summary>
    /// <param name="last">The run's last entry.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>: the workload does not go.</exception>
    public async Task RemoveAsync(RunRecord last, CancellationToken ct)
    {
        var run = last.ToRun(null);
        await RunRemoval.DeleteWorkloadAsync(_context.Connection, run, Patience, _context.Time, ct).ConfigureAwait(false);
        (run.State, run.EndedAt) = (StepRunState.Deleted, _context.Client.Session.ServerTime);
        await _context.Journal.AppendAsync(last.With(run, "It was suspended, and -Force replaced it."), ct).ConfigureAwait(false);
    }

    /// <summary>Tells what is waited for, so that the time until the pods have ended and begun again is not silent.</summary>
    private void Show(RunRecord last, string? phase, bool isAsked)
    {
        var progress = new WatchProgress
        {
            WorkloadId = last.WorkloadId!,
            Name = last.WorkloadName,
            Phase = phase ?? "",
            Elapsed = _context.Client.Session.ServerTime - last.SubmittedAt ?? TimeSpan.Zero,
            WhyPending = isAsked ? "it is being resumed" : "it is being suspended, and is resumed when its pods have ended",
        };
        _context.Waiting?.Invoke(new WatchStatus(1, progress, new Dictionary<string, int> { [progress.Phase] = 1 }));
    }

    private async Task<RunRecord> RecordAsync(RunRecord last, StepRunState state, string phase, CancellationToken ct)
    {
        var entry = last.Going(state, phase);
        await _context.Journal.AppendAsync(entry, ct).ConfigureAwait(false);
        return entry;
    }
}
