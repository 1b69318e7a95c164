using System.Collections;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.Specs;
using RunAi.Stacks;
using RunAi.Steps;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>
/// Submits steps: plans, stores what a run needs, and claims the run, so that it gets one workload however many submit it.
/// </summary>
internal sealed class StepSubmitter
{
    private readonly StepOperatorConnection _connection;
    private readonly IStepContentProvider? _content;
    private readonly RunPreparation? _preparation;
    private readonly StepCache? _cache;
    private readonly RunJournal _journal;
    private readonly RunLeases _claims;
    private readonly AttemptSubmission _submission;
    private readonly SuspendedRun _suspended;

    /// <param name="context">What the work goes by.</param>
    /// <param name="content">What steps under the step runner need; null where no stack gives it.</param>
    public StepSubmitter(RunContext context, IStepContentProvider? content = null)
    {
        _connection = context.Connection;
        _journal = context.Journal;
        _claims = new RunLeases(context);
        _suspended = new SuspendedRun(context);
        _content = content;
        _preparation = content is null ? null : new RunPreparation(content);
        _cache = content is null ? null : new StepCache(content.Store, context.Log);
        _submission = new AttemptSubmission(context, content is null ? null : new ManifestWriter(content.Store, content.SharedFolder));
    }

    /// <summary>The operator that steps are submitted with.</summary>
    public StepOperator Operator => _connection.Operator;

    /// <summary>Checks the step and builds its request. Nothing is sent before the step itself is known to be right.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break a rule, or name what the control plane does not
    /// know.</exception>
    public async Task<StepPlan> PlanAsync(PreparedStep prepared, string runId, CancellationToken cancellationToken)
    {
        prepared.ThrowIfInvalid(Needed(prepared.Parsed));
        var parsed = prepared.Parsed.Lowered();
        var step = parsed.Step;
        var project = await _connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
        var settings = await new SettingNames(_connection)
            .ResolveAsync(step, parsed.Settings, project, cancellationToken).ConfigureAwait(false);
        parsed = parsed.With(settings);
        var policy = await _connection.Client.GetTrainingPolicyAsync(project.Id, cancellationToken, step.Kind).ConfigureAwait(false);
        var destination = new SubmissionDestination(project.Id, project.ClusterId) { ImagePullSecretName = Operator.ImagePullSecretName };
        var request = new SpecRequest(parsed, destination, runId).Under(policy);
        var plan = new StepPlan(
            step,
            settings,
            runId,
            project,
            (launch, attempt) => (request with { Destination = destination with { Attempt = attempt }, Launch = launch }).Build(),
            step.NeedsRunner ? _preparation!.Foresee(runId) : null)
        {
            Prepared = prepared with { Parsed = parsed },
            PendingTimeout = settings.PendingTimeout ?? Operator.PendingTimeout,
            WorkloadTimeout = settings.WorkloadTimeout ?? Operator.WorkloadTimeout,
            RunTimeout = settings.RunTimeout ?? Operator.RunTimeout,
            Deadline = settings.Deadline ?? Operator.Deadline,
            PartsOf = body => SpecPart.Of(body, policy, step.Distribution is not null),
            Preparations = step.NeedsRunner ? [.. _preparation!.Describe(parsed)] : [],
        };
        plan.Guards = RunGuards.Of(settings, plan.Spec.Body);
        return plan;
    }

    /// <summary>
    /// Whether the outputs of an earlier run would be returned for a plan, as far as that can be told without building and storing
    /// anything.
    /// </summary>
    /// <returns>A sentence; null for a step that does not ask for it.</returns>
    public async Task<string?> ForeseeCacheAsync(StepPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Step.Cache || _preparation is null || _cache is null)
        {
            return null;
        }

        if (await _preparation.MeasureAsync(plan.Prepared!.Parsed, cancellationToken).ConfigureAwait(false) is not { } content)
        {
            return "Cache: only the built image would tell whether an earlier run was the same.";
        }

        var key = CacheKey.Of(plan.Prepared.Parsed, content);
        return await _cache.FindAsync(key, plan.Step, cancellationToken).ConfigureAwait(false) is { } earlier
            ? $"Cache: hit. The outputs of run {earlier.RunId} would be returned, and nothing submitted."
            : "Cache: miss. No earlier run was the same, so the workload would be submitted.";
    }

    /// <summary>
    /// Plans a step, asks whether to go on, stores what its run needs, and submits it; or returns the run that is there. When a remembered
    /// project is refused it is looked up anew, once.
    /// </summary>
    /// <returns>The run, or null when the caller said no.</returns>
    public async Task<StepRun?> SubmitAsync(
        PreparedStep prepared, RunRequest request, Func<StepPlan, Task<bool>> confirm, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(prepared, request.RunId, cancellationToken).ConfigureAwait(false);
        if (!await confirm(plan).ConfigureAwait(false))
        {
            return null;
        }

        var parsed = plan.Prepared!.Parsed;
        var step = parsed.Step;
        var content = step.NeedsRunner ? await _preparation!.GatherAsync(parsed, cancellationToken).ConfigureAwait(false) : null;
        var cacheKey = step.Cache ? CacheKey.Of(parsed, content!) : null;
        if (cacheKey is not null && await _cache!.FindAsync(cacheKey, step, cancellationToken).ConfigureAwait(false) is { } earlier
            && await CachedAsync(plan, content, request.RunKey, earlier, cancellationToken).ConfigureAwait(false) is { } cached)
        {
            return cached;
        }

        if (content is not null)
        {
            // The record tells what is asked for, whichever attempt it is; the manifest is written by the one who may submit.
            plan.Complete(_preparation!.Foresee(request.RunId, content.Image));
        }

        var record = Record(plan, content, request.RunKey);
        (record.CacheKey, record.Notify) = (cacheKey, [.. request.Notify]);
        while (true)
        {
            var (claim, last) = await _claims.AcquireAsync(
                record, request.Force, NameOf, (there, ct) => WantsMoreAsync(there, record, request.Force, ct), cancellationToken)
                .ConfigureAwait(false);
            using (claim)
            {
                if (claim is null)
                {
                    return (last is { State: StepRunState.Stopped, StoppedBy: not null }
                        ? await _suspended.ResumeAsync(last, cancellationToken).ConfigureAwait(false)
                        : last)
                        .ToRun(_content?.StoreName);
                }

                if (await _submission.SubmitAsync(
                    plan, content, claim, request.IsKeyed, ReplanAsync, cancellationToken).ConfigureAwait(false) is { } submitted)
                {
                    return submitted.ToRun(_content?.StoreName);
                }
            }
        }

        string NameOf(int attempt)
        {
            plan.TakeAttempt(attempt);
            return plan.WorkloadName;
        }

        Task<StepPlan> ReplanAsync(CancellationToken ct) => PlanAsync(prepared, request.RunId, ct);
    }

    /// <summary>Whether the run that is there gets another attempt; false to take it as it is.</summary>
    private async Task<bool> WantsMoreAsync(RunRecord last, RunRecord wanted, bool force, CancellationToken cancellationToken)
    {
        if (!force)
        {
            RunConflict.ThrowIfOther(last, wanted);

            // A command of ours was to delete the workload when it was cancelled; nobody wants its run as it is.
            return last is { State: StepRunState.Deleted, StoppedBy: not null };
        }

        var phase = last.IsOver ? null : await _connection.Client.FindPhaseAsync(last.WorkloadId!, cancellationToken).ConfigureAwait(false);
        if (phase is null || WorkloadPhases.Classify(phase) is PhaseClass.Succeeded or PhaseClass.Failed)
        {
            return true;
        }

        if (SuspendedRun.Is(phase) || _suspended.IsBeingSuspended(last, phase))
        {
            await _suspended.RemoveAsync(last, cancellationToken).ConfigureAwait(false);
            return true;
        }

        return last.SpecDigest == wanted.SpecDigest ? false : throw RunConflict.NotOver(last);
    }

    /// <summary>What the stack lacks for this step, or what of it the stack cannot use.</summary>
    private IEnumerable<Violation> Needed(ParsedStep parsed) =>
        !parsed.Step.NeedsRunner
            ? StackRequirements.ImageFault(parsed.Step, Operator) is { } fault ? [new Violation(nameof(Step.Image), fault)] : []
        : _preparation is not null ? _preparation.ForeignInputs(parsed)
        : [new Violation(
            nameof(Step),
            "has code, inputs, outputs or a checkpoint, which need an artifact store, a container registry and an image builder. "
            + "Add them with: Register-RunAiStack NAME -StepOperator NAME -ArtifactStore URI -ContainerRegistry HOST/REPOSITORY "
            + "-ImageBuilder Layer")];

    /// <summary>
    /// A run that needs no workload: it is recorded as ended, with the outputs of an earlier one. Null when it has a record already.
    /// </summary>
    private async Task<StepRun?> CachedAsync(
        StepPlan plan, RunContent? content, string? runKey, StepRun earlier, CancellationToken cancellationToken)
    {
        var now = _connection.Client.Session.ServerTime;
        var record = Record(plan, content, runKey);
        var run = record.ToRun(_content!.StoreName);
        run.State = StepRunState.Succeeded;
        run.IsCached = true;
        run.ExitCode = 0;
        (run.WorkloadName, run.Url) = ("", null);
        (run.SubmittedAt, run.EndedAt) = (now, now);
        (run.Outputs, run.ScriptResult) = (earlier.Outputs, earlier.ScriptResult);
        return await _journal.TryBeginAsync(
            record.With(run, $"The outputs are those of run {earlier.RunId}."), cancellationToken).ConfigureAwait(false)
            ? run
            : null;
    }

    private static StepReplica[] Replicas(Step step) =>
        step is { NeedsRunner: true, Distribution: { } distribution }
            ? [.. ReplicaNames.Of(distribution).Select(name => new StepReplica { Name = name })]
            : [];

    private RunRecord Record(StepPlan plan, RunContent? content, string? runKey) => new()
    {
        RunId = plan.RunId,
        RunKey = runKey,
        State = StepRunState.Submitting,
        StepName = plan.Step.Name,
        StepOperator = Operator.Name,
        RunAiBaseUrl = Operator.RunAiBaseUrl,
        ProjectName = Operator.ProjectName,
        ProjectId = plan.Project.Id,
        ClusterId = plan.Project.ClusterId,
        WorkloadName = plan.WorkloadName,
        Attempt = plan.Attempt,
        SpecDigest = RunDigest.Of(plan, content),
        SpecParts = RunDigest.Parts(plan, content),
        Image = plan.Image,
        DistributedFramework = plan.Step.Distribution?.Framework,
        Replicas = Replicas(plan.Step),
        ArtifactStore = plan.Step.NeedsRunner ? _content!.StoreName : null,
        Url = WorkloadUrl.Of(Operator.RunAiBaseUrl, plan.WorkloadName),
        PendingTimeout = plan.PendingTimeout,
        WorkloadTimeout = plan.WorkloadTimeout,
        RunTimeout = plan.RunTimeout,
        Deadline = plan.Deadline,
        Guards = plan.Guards,
        Retry = plan.Prepared!.Retry,
        Tags = new SortedDictionary<string, string>(TextMap.From(plan.Step.Tag ?? new Hashtable()), StringComparer.OrdinalIgnoreCase),
    };
}
