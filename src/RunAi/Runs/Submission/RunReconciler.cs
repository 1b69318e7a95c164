namespace RunAi.Runs;

/// <summary>Settles records that were left before the control plane's answer: their workload is found, or it never came to be.</summary>
internal sealed class RunReconciler
{
    private readonly CreateReconciler _settlement;
    private readonly RunJournal _journal;
    private readonly RunLeases _claims;

    public RunReconciler(RunContext context)
    {
        _settlement = new CreateReconciler(context);
        _journal = context.Journal;
        _claims = new RunLeases(context);
    }

    /// <summary>The run's last entry, after it was settled if its submission is no longer at work.</summary>
    public async Task<RunRecord> ReconcileAsync(RunRecord record, CancellationToken ct)
    {
        var (last, next) = await _journal.ReadAsync(record.RunId, ct).ConfigureAwait(false);
        if (last is not { State: StepRunState.Submitting })
        {
            return last ?? record;
        }

        // Only who has the claim may say that there is no workload: a submission at work would still make one.
        using var claim = await _claims.TryTakeOverAsync(last, next, ct).ConfigureAwait(false);
        if (claim is null)
        {
            return last;
        }

        var target = new WorkloadKey(last.WorkloadName, last.ProjectId, last.ProjectName, last.RunId) { Kind = last.Kind };
        var found = await _settlement.FindEarlierAsync(target, wasClaimed: true, ct).ConfigureAwait(false);
        var run = last.ToRun(null);
        run.State = found is null ? StepRunState.Failed : StepRunState.Submitted;
        run.WorkloadId = found?.WorkloadId;
        run.SubmittedAt = found?.CreatedAt;
        run.Phase = found?.ActualPhase ?? "";
        var settled = last.With(run, found is null ? "Its submission ended before the control plane had created the workload." : null);
        await _journal.AppendAsync(settled, ct).ConfigureAwait(false);
        return settled;
    }
}
