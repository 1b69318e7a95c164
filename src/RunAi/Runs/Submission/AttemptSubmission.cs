using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Runs.Retries;

namespace RunAi.Runs;

/// <summary>
/// Sends the request of an attempt that was claimed, so that it gets one workload: a request whose answer was lost is settled by asking for
/// the workload by its name, which holds part of the run id, before anything is sent again.
/// </summary>
internal sealed class AttemptSubmission
{
    private const int MostRequests = 3;

    /// <summary>A name that was deleted stays taken for a while: the pauses before it is asked for again.</summary>
    private static readonly IReadOnlyList<TimeSpan> NamePatience =
        [.. new[] { 5, 5, 10, 10, 20, 20, 30, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    private readonly ControlPlaneClient _client;
    private readonly CreateReconciler _settlement;
    private readonly RunJournal _journal;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;
    private readonly ManifestWriter? _manifests;

    /// <param name="context">What the work goes by.</param>
    /// <param name="manifests">Writes what the step runner reads; null where no step runs under it.</param>
    public AttemptSubmission(RunContext context, ManifestWriter? manifests)
    {
        _client = context.Client;
        _settlement = new CreateReconciler(context);
        (_journal, _time, _log) = (context.Journal, context.Time, context.Log);
        _manifests = manifests;
    }

    /// <summary>Submits the attempt and records that.</summary>
    /// <param name="plan">The attempt.</param>
    /// <param name="content">What the run is made of; null for a step without the step runner.</param>
    /// <param name="claim">The right to submit it.</param>
    /// <param name="looksFirst">True when others may have submitted it without a trace in the record.</param>
    /// <param name="replan">Plans anew for a project that has changed; null when the request is fixed.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The run's entry, whether its workload was created just now or earlier; null when another submission has taken
    /// over.</returns>
    /// <exception cref="RunAiException">The control plane refused it, or whether it took it cannot be found out.</exception>
    public async Task<RunRecord?> SubmitAsync(
        StepPlan plan, RunContent? content, RunLease claim, bool looksFirst, Func<CancellationToken, Task<StepPlan>>? replan,
        CancellationToken ct)
    {
        if (claim.Record.Retry is not null)
        {
            // Before the request: whoever finds its workload can then make the attempts after it.
            var recipe = RunRecipe.Of(plan, content);
            await _journal.KeepAsync(RunKeys.Recipe(plan.RunId, plan.Attempt), StoredJson.Bytes(recipe), ct).ConfigureAwait(false);
        }

        if (await FindOrSendAsync(plan, content, claim, looksFirst, replan, ct).ConfigureAwait(false) is not { } run)
        {
            return null;
        }

        var record = claim.Record.With(run);
        await _journal.AppendAsync(record, ct).ConfigureAwait(false);
        return record;
    }

    private async Task<StepRun?> FindOrSendAsync(
        StepPlan plan, RunContent? content, RunLease claim, bool looksFirst, Func<CancellationToken, Task<StepPlan>>? replan,
        CancellationToken ct)
    {
        if ((looksFirst || claim.IsTakenOver)
            && await _settlement.FindEarlierAsync(plan.Target, claim.IsTakenOver, ct).ConfigureAwait(false) is { } existing)
        {
            return Describe(plan, claim.Record, existing);
        }

        try
        {
            await CompleteAsync(plan, content, claim, ct).ConfigureAwait(false);
            return await SendAsync(plan, claim, ct).ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (replan is not null && MayBlameLookups(e))
        {
            _client.Session.InvalidateProject(plan.Project.Id);
            var fresh = await replan(ct).ConfigureAwait(false);
            if (fresh.Project.Id != plan.Project.Id || fresh.Project.ClusterId != plan.Project.ClusterId
                || fresh.Settings.WorkloadTemplateId != plan.Settings.WorkloadTemplateId)
            {
                fresh.TakeAttempt(plan.Attempt);
                await CompleteAsync(fresh, content, claim, ct).ConfigureAwait(false);
                return await SendAsync(fresh, claim, ct).ConfigureAwait(false);
            }

            await RefusedAsync(plan, claim.Record, e, ct).ConfigureAwait(false);
            throw;
        }
        catch (RunAiApiException e) when (!e.MayHaveHappened)
        {
            await RefusedAsync(plan, claim.Record, e, ct).ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>The run; null when another submission has taken over, so that nothing more may be sent.</returns>
    private async Task<StepRun?> SendAsync(StepPlan plan, RunLease claim, CancellationToken ct)
    {
        var waits = 0;
        for (var request = 1; ; request++)
        {
            if (!await claim.RenewAsync(ct).ConfigureAwait(false))
            {
                return null;
            }

            try
            {
                plan.IsSent = true;
                var training = await claim.HoldAsync(
                    held => _client.CreateTrainingAsync(plan.Spec.Body, held, plan.Step.Kind, FieldNames.SettingOf),
                    ct).ConfigureAwait(false);
                return Describe(plan, claim.Record, training);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return claim.IsLost ? null : throw CreateReconciler.Uncertain(plan.Target, Unrenewed);
            }
            catch (RunAiApiException e) when (IsAmbiguous(e))
            {
                if (await _settlement.FindAsync(plan.Target, e, ct).ConfigureAwait(false) is { } existing)
                {
                    return Describe(plan, claim.Record, existing);
                }

                if (e.ErrorId == ErrorIds.WorkloadNameTaken && waits < NamePatience.Count)
                {
                    // Nobody has the name in the list: a workload of that name is still being deleted.
                    _log.Verbose($"The name '{plan.WorkloadName}' is taken by a workload that is being deleted; it is asked for again in "
                        + $"{NamePatience[waits].TotalSeconds:0} s.");
                    await _time.DelayAsync(NamePatience[waits++], ct).ConfigureAwait(false);
                    continue;
                }

                if (request >= MostRequests)
                {
                    throw e.MayHaveHappened ? CreateReconciler.Uncertain(plan.Target, e) : e;
                }
            }
        }
    }

    private async Task CompleteAsync(StepPlan plan, RunContent? content, RunLease claim, CancellationToken ct)
    {
        if (content is not null)
        {
            var now = _client.Session.ServerTime;
            plan.Complete(await _manifests!.WriteAsync(plan, content, claim.Record.FirstSubmittedAt, now, ct).ConfigureAwait(false));
        }
    }

    /// <summary>Another submission may have taken over by now, so that nothing more may be sent.</summary>
    private static RunAiException Unrenewed => new(
        ErrorIds.ArtifactStoreUnreachable,
        "The control plane had not answered, and the store of the run's record took no entry meanwhile.");

    private Task RefusedAsync(StepPlan plan, RunRecord record, RunAiException failure, CancellationToken ct)
    {
        var run = record.ToRun(null);
        run.State = StepRunState.Failed;
        run.WorkloadName = plan.WorkloadName;
        return _journal.AppendAsync(record.With(run, failure.Message), ct);
    }

    /// <summary>True for a refusal that a project or template may be the reason of which was looked up by name and remembered.</summary>
    private static bool MayBlameLookups(RunAiApiException e) =>
        !e.MayHaveHappened && e.StatusCode is 400 or 403 or 404 && e.ComplianceIssues.All(issue => issue.Field == "templateId");

    private static bool IsAmbiguous(RunAiApiException e) => e.MayHaveHappened || e.ErrorId == ErrorIds.WorkloadNameTaken;

    private static StepRun Describe(StepPlan plan, RunRecord record, TrainingRecord training)
    {
        var run = record.ToRun(null);
        run.State = StepRunState.Submitted;
        run.WorkloadId = training.WorkloadId;
        run.WorkloadName = plan.WorkloadName;
        run.Phase = training.ActualPhase ?? "";
        run.SubmittedAt = training.CreatedAt;
        run.Image = plan.Image;
        return run;
    }
}
