using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Specs;
using RunAi.Steps;

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

    public StepSubmitter(StepOperatorConnection connection, TimeProvider time)
    {
        _connection = connection;
        _settlement = new SubmissionSettlement(connection.Client, time);
    }

    private StepOperator Operator => _connection.Operator;

    /// <summary>Checks the step and builds its request. Nothing is sent before the step itself is known to be right.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break a rule.</exception>
    public async Task<StepPlan> PlanAsync(Step step, string runId, CancellationToken cancellationToken)
    {
        var settings = step.Settings.MergedOver(Operator.DefaultSettings);
        StepValidation.ThrowIfInvalid(step, settings);
        var project = await _connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var policy = await _connection.Client.GetTrainingPolicyAsync(project.Id, cancellationToken).ConfigureAwait(false);
        var target = new TrainingTarget(project.Id, project.ClusterId) { ImagePullSecretName = Operator.ImagePullSecretName };
        var spec = TrainingSpecBuilder.Build(step, settings, target, runId, PolicyView.From(policy));
        return new StepPlan(step, settings, runId, project, spec);
    }

    /// <summary>
    /// Plans a step, asks whether to go on, and submits it. When a remembered project is refused it is looked up anew, once.
    /// </summary>
    /// <returns>The run, or null when the caller said no.</returns>
    public async Task<StepRun?> SubmitAsync(
        Step step, string runId, Func<StepPlan, Task<bool>> confirm, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(step, runId, cancellationToken).ConfigureAwait(false);
        if (!await confirm(plan).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return await SubmitAsync(plan, cancellationToken).ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (MayBlameProject(e))
        {
            _connection.Client.Session.InvalidateProject(plan.Project.Id);
            var fresh = await PlanAsync(step, runId, cancellationToken).ConfigureAwait(false);
            if (fresh.Project.Id == plan.Project.Id && fresh.Project.ClusterId == plan.Project.ClusterId)
            {
                throw;
            }

            return await SubmitAsync(fresh, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Submits a plan and returns the run, whether its workload was created just now or by a request whose answer was lost.</summary>
    /// <exception cref="RunAiApiException">The control plane refused it, or whether it took it cannot be found out.</exception>
    public async Task<StepRun> SubmitAsync(StepPlan plan, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                plan.IsSent = true;
                var training = await _connection.Client.CreateTrainingAsync(plan.Spec.Body, cancellationToken).ConfigureAwait(false);
                return Describe(plan, training);
            }
            catch (RunAiApiException e) when (IsAmbiguous(e))
            {
                if (await _settlement.FindAsync(plan, e, cancellationToken).ConfigureAwait(false) is { } existing)
                {
                    return Describe(plan, existing);
                }

                if (attempt == MostAttempts)
                {
                    throw e.MayHaveHappened ? SubmissionSettlement.Uncertain(plan, e) : e;
                }
            }
        }
    }

    private static bool MayBlameProject(RunAiApiException e) =>
        !e.MayHaveHappened && e.StatusCode is 400 or 403 or 404 && e.ComplianceIssues.Count == 0;

    private static bool IsAmbiguous(RunAiApiException e) => e.MayHaveHappened || e.StatusCode == 409;

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
        SubmittedAt = training.CreatedAt,
        PendingTimeout = plan.Settings.PendingTimeout ?? Operator.PendingTimeout,
        WorkloadTimeout = plan.Settings.WorkloadTimeout ?? Operator.WorkloadTimeout,
        RunTimeout = plan.Settings.RunTimeout,
        Image = plan.Step.Image,
        Url = WorkloadUrl.Of(Operator.RunAiBaseUrl, plan.WorkloadName),
    };
}
