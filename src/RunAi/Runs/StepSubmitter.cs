using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Specs;
using RunAi.Stacks;
using RunAi.Steps;
using RunAi.Steps.Scripts;

namespace RunAi.Runs;

/// <summary>
/// Submits steps, so that each gets one workload: a request whose answer was lost is settled by asking for the workload by its
/// name, which holds part of the run id, before anything is sent again.
/// </summary>
internal sealed class StepSubmitter
{
    private const int MostAttempts = 3;

    private readonly StepOperatorConnection _connection;
    private readonly SubmissionSettlement _settlement;
    private readonly IRunMeans? _means;
    private readonly RunPreparation? _preparation;
    private readonly StepCache? _cache;
    private readonly RunJournal _journal;
    private readonly RunClaims _claims;

    /// <param name="connection">The step operator's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="journal">Where runs are recorded.</param>
    /// <param name="means">What steps under the step runner need; null where no stack gives it.</param>
    /// <param name="owners">Tells which other submissions are at work.</param>
    public StepSubmitter(StepOperatorConnection connection, TimeProvider time, RunJournal journal, IRunMeans? means = null, RunOwners? owners = null)
    {
        _connection = connection;
        _settlement = new SubmissionSettlement(connection.Client, time);
        _journal = journal;
        _claims = new RunClaims(journal, owners ?? new RunOwners(""), time);
        _means = means;
        _preparation = means is null ? null : new RunPreparation(means);
        _cache = means is null ? null : new StepCache(means.Store, connection.Client.Log);
    }

    private StepOperator Operator => _connection.Operator;

    /// <summary>Checks the step and builds its request. Nothing is sent before the step itself is known to be right.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break a rule.</exception>
    public async Task<StepPlan> PlanAsync(Step step, string runId, CancellationToken cancellationToken)
    {
        var settings = (step.Settings ?? new StepSettings()).MergedOver(Operator.DefaultSettings);
        StepValidation.ThrowIfInvalid(step, settings, Needed(step));
        step = ScriptStep.Lower(step);
        var project = await _connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var policy = await _connection.Client.GetTrainingPolicyAsync(project.Id, cancellationToken).ConfigureAwait(false);
        var target = new TrainingTarget(project.Id, project.ClusterId) { ImagePullSecretName = Operator.ImagePullSecretName };
        return new StepPlan(
            step,
            settings,
            runId,
            project,
            (launch, attempt) => TrainingSpecBuilder.Build(step, settings, target with { Attempt = attempt }, runId, PolicyView.From(policy), launch),
            step.NeedsRunner ? _preparation!.Foresee(runId) : null)
        {
            PendingTimeout = settings.PendingTimeout ?? Operator.PendingTimeout,
            WorkloadTimeout = settings.WorkloadTimeout ?? Operator.WorkloadTimeout,
            Preparations = step.NeedsRunner ? [.. _preparation!.Describe(step)] : [],
        };
    }

    /// <summary>Submits a run that nobody else knows of yet; see <see cref="SubmitAsync(Step, SubmitRequest, Func{StepPlan, Task{bool}}, CancellationToken)"/>.</summary>
    public Task<StepRun?> SubmitAsync(Step step, string runId, Func<StepPlan, Task<bool>> confirm, CancellationToken cancellationToken) =>
        SubmitAsync(step, new SubmitRequest(runId), confirm, cancellationToken);

    /// <summary>
    /// Plans a step, asks whether to go on, stores what its run needs, and submits it; or returns the run that is there. When a remembered
    /// project is refused it is looked up anew, once.
    /// </summary>
    /// <returns>The run, or null when the caller said no.</returns>
    public async Task<StepRun?> SubmitAsync(
        Step step, SubmitRequest request, Func<StepPlan, Task<bool>> confirm, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(step, request.RunId, cancellationToken).ConfigureAwait(false);
        if (!await confirm(plan).ConfigureAwait(false))
        {
            return null;
        }

        step = plan.Step;
        var materials = step.NeedsRunner ? await _preparation!.GatherAsync(step, cancellationToken).ConfigureAwait(false) : null;
        var cacheKey = step.Cache ? CacheKey.Of(step, plan.Settings, materials!) : null;
        if (cacheKey is not null && await _cache!.FindAsync(cacheKey, step, cancellationToken).ConfigureAwait(false) is { } earlier
            && await CachedAsync(plan, materials, earlier, cancellationToken).ConfigureAwait(false) is { } cached)
        {
            return cached;
        }

        if (materials is not null)
        {
            // The record tells what is asked for, whichever attempt it is; the manifest is written by the one who may submit.
            plan.Complete(_preparation!.Foresee(request.RunId, materials.Image));
        }

        var record = Record(plan, materials);
        record.CacheKey = cacheKey;
        while (true)
        {
            var (claim, last) = await _claims.EnterAsync(record, request.Force, NameOf, IsOverAsync, cancellationToken).ConfigureAwait(false);
            using (claim)
            {
                if (claim is null)
                {
                    return last.ToRun(_means?.StoreName);
                }

                if (await SubmitAsync(plan, materials, claim, request.IsKeyed, cancellationToken).ConfigureAwait(false) is { } run)
                {
                    await _journal.AppendAsync(claim.Record.With(run), cancellationToken).ConfigureAwait(false);
                    return run;
                }
            }
        }

        string NameOf(int attempt)
        {
            plan.TakeAttempt(attempt);
            return plan.WorkloadName;
        }
    }

    /// <summary>Submits the attempt that was claimed; null when another submission has taken over.</summary>
    private async Task<StepRun?> SubmitAsync(StepPlan plan, RunMaterials? materials, RunClaim claim, bool isKeyed, CancellationToken cancellationToken)
    {
        if ((isKeyed || claim.IsTakenOver)
            && await _settlement.FindEarlierAsync(plan.Target, claim.IsTakenOver, cancellationToken).ConfigureAwait(false) is { } existing)
        {
            return Describe(plan, existing);
        }

        try
        {
            await CompleteAsync(plan, materials, cancellationToken).ConfigureAwait(false);
            return await SubmitAsync(plan, claim, cancellationToken).ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (MayBlameProject(e))
        {
            _connection.Client.Session.InvalidateProject(plan.Project.Id);
            var fresh = await PlanAsync(plan.Step, plan.RunId, cancellationToken).ConfigureAwait(false);
            if (fresh.Project.Id != plan.Project.Id || fresh.Project.ClusterId != plan.Project.ClusterId)
            {
                fresh.TakeAttempt(plan.Attempt);
                await CompleteAsync(fresh, materials, cancellationToken).ConfigureAwait(false);
                return await SubmitAsync(fresh, claim, cancellationToken).ConfigureAwait(false);
            }

            await RefusedAsync(plan, claim.Record, e, cancellationToken).ConfigureAwait(false);
            throw;
        }
        catch (RunAiApiException e) when (!e.MayHaveHappened)
        {
            await RefusedAsync(plan, claim.Record, e, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Submits a plan and returns the run, whether its workload was created just now or by a request whose answer was lost.</summary>
    /// <returns>The run; null when another submission has taken over, so that nothing more may be sent.</returns>
    /// <exception cref="RunAiApiException">The control plane refused it, or whether it took it cannot be found out.</exception>
    private async Task<StepRun?> SubmitAsync(StepPlan plan, RunClaim claim, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!await claim.HoldAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            try
            {
                plan.IsSent = true;
                var training = await _connection.Client.CreateTrainingAsync(plan.Spec.Body, cancellationToken).ConfigureAwait(false);
                return Describe(plan, training);
            }
            catch (RunAiApiException e) when (IsAmbiguous(e))
            {
                if (await _settlement.FindAsync(plan.Target, e, cancellationToken).ConfigureAwait(false) is { } existing)
                {
                    return Describe(plan, existing);
                }

                if (attempt == MostAttempts)
                {
                    throw e.MayHaveHappened ? SubmissionSettlement.Uncertain(plan.Target, e) : e;
                }
            }
        }
    }

    /// <summary>What the stack lacks for this step, or what of it the stack cannot use.</summary>
    private IEnumerable<Violation> Needed(Step step) =>
        !step.NeedsRunner ? StackRequirements.ImageFault(step, Operator) is { } fault ? [new Violation(nameof(Step.Image), fault)] : []
        : _preparation is not null ? _preparation.ForeignInputs(step)
        : [new Violation(nameof(Step), "has code, inputs, outputs or a checkpoint, which need an artifact store, a container registry and an image builder. "
            + "Add them with: Register-RunAiStack NAME -StepOperator NAME -ArtifactStore URI -ContainerRegistry HOST/REPOSITORY -ImageBuilder Layer")];

    private async Task CompleteAsync(StepPlan plan, RunMaterials? materials, CancellationToken cancellationToken)
    {
        if (materials is not null)
        {
            var now = _connection.Client.Session.ServerTime;
            plan.Complete(await _preparation!.WriteManifestAsync(plan, materials, now, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Whether the workload of a run has ended, whatever its record says.</summary>
    private async Task<bool> IsOverAsync(RunRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var workload = await _connection.Client.GetWorkloadAsync(record.WorkloadId!, cancellationToken).ConfigureAwait(false);
            return WorkloadPhases.Classify(workload.Phase) is PhaseClass.Succeeded or PhaseClass.Failed;
        }
        catch (RunAiApiException e) when (e.StatusCode == 404)
        {
            return true;
        }
    }

    /// <summary>A run that needs no workload: it is recorded as ended, with the outputs of an earlier one. Null when it has a record already.</summary>
    private async Task<StepRun?> CachedAsync(StepPlan plan, RunMaterials? materials, StepRun earlier, CancellationToken cancellationToken)
    {
        var now = _connection.Client.Session.ServerTime;
        var record = Record(plan, materials);
        var run = record.ToRun(_means!.StoreName);
        run.State = StepRunState.Succeeded;
        run.IsCached = true;
        run.ExitCode = 0;
        (run.WorkloadName, run.Url) = ("", null);
        (run.SubmittedAt, run.EndedAt) = (now, now);
        (run.Outputs, run.ScriptResult) = (earlier.Outputs, earlier.ScriptResult);
        return await _journal.TryBeginAsync(record.With(run, $"The outputs are those of run {earlier.RunId}."), cancellationToken).ConfigureAwait(false)
            ? run
            : null;
    }

    private Task RefusedAsync(StepPlan plan, RunRecord record, RunAiException failure, CancellationToken cancellationToken)
    {
        var run = record.ToRun(null);
        run.State = StepRunState.Failed;
        run.WorkloadName = plan.WorkloadName;
        return _journal.AppendAsync(record.With(run, failure.Message), cancellationToken);
    }

    private static bool MayBlameProject(RunAiApiException e) =>
        !e.MayHaveHappened && e.StatusCode is 400 or 403 or 404 && e.ComplianceIssues.Count == 0;

    private static bool IsAmbiguous(RunAiApiException e) => e.MayHaveHappened || e.StatusCode == 409;

    private RunRecord Record(StepPlan plan, RunMaterials? materials) => new()
    {
        RunId = plan.RunId,
        State = StepRunState.Submitting,
        StepName = plan.Step.Name,
        StepOperator = Operator.Name,
        RunAiBaseUrl = Operator.RunAiBaseUrl,
        ProjectName = Operator.ProjectName,
        ProjectId = plan.Project.Id,
        ClusterId = plan.Project.ClusterId,
        WorkloadName = plan.WorkloadName,
        Attempt = plan.Attempt,
        SpecDigest = RunDigest.Of(plan, materials),
        SpecParts = RunDigest.Parts(plan, materials),
        Image = plan.Image,
        ArtifactStore = plan.Step.NeedsRunner ? _means!.StoreName : null,
        Url = WorkloadUrl.Of(Operator.RunAiBaseUrl, plan.WorkloadName),
        PendingTimeout = plan.PendingTimeout,
        WorkloadTimeout = plan.WorkloadTimeout,
        RunTimeout = plan.Settings.RunTimeout,
    };

    private StepRun Describe(StepPlan plan, TrainingRecord training) => new()
    {
        RunId = plan.RunId,
        StepName = plan.Step.Name,
        StepOperator = Operator.Name,
        ProjectName = Operator.ProjectName,
        WorkloadId = training.WorkloadId,
        WorkloadName = plan.WorkloadName,
        Phase = training.ActualPhase ?? "",
        State = StepRunState.Submitted,
        Attempt = plan.Attempt,
        SubmittedAt = training.CreatedAt,
        PendingTimeout = plan.PendingTimeout,
        WorkloadTimeout = plan.WorkloadTimeout,
        RunTimeout = plan.Settings.RunTimeout,
        Image = plan.Image,
        ArtifactStore = plan.Step.NeedsRunner ? _means!.StoreName : null,
        Url = WorkloadUrl.Of(Operator.RunAiBaseUrl, plan.WorkloadName),
    };
}
