using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.Runs.Attending;
using RunAi.Stacks;

namespace RunAi.Runs;

/// <summary>Submits one step with what its stack has.</summary>
internal sealed class StepSubmission
{
    private readonly RunServices _services;
    private readonly IRunObserver _observer;
    private StepSubmitter? _submitter;
    private StepPlan? _plan;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="stack">The stack to work with.</param>
    /// <param name="observer">Is told of the building of images.</param>
    public StepSubmission(RunServices services, ResolvedStack stack, IRunObserver observer)
    {
        _services = services;
        Stack = stack;
        _observer = observer;
    }

    /// <summary>The stack that the step is submitted with.</summary>
    public ResolvedStack Stack { get; }

    /// <summary>The run's key; null for a run that nobody else means.</summary>
    public string? RunKey { get; init; }

    /// <summary>True to make a new attempt of a run that is over, also when the step has changed.</summary>
    public bool Force { get; init; }

    /// <summary>Whom the run's end is told to, as the user wrote it: references to secrets that hold addresses.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];

    /// <summary>The name of the workload whose creation was asked for; null before that.</summary>
    public string? SentWorkload => _plan is { IsSent: true } ? _plan.WorkloadName : null;

    /// <summary>The id of the run that is submitted; null before the step was found to be right.</summary>
    public string? PlannedRunId => _plan?.RunId;

    /// <summary>What work on the run goes by; known once the step is found to be right.</summary>
    public RunContext? Context { get; private set; }

    /// <summary>Submits the step.</summary>
    /// <param name="connection">The step operator's.</param>
    /// <param name="step">The step.</param>
    /// <param name="confirm">Is shown the plan before anything is stored or sent; false ends it there.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The run, also one that was there already; null when the caller said no.</returns>
    /// <exception cref="StepSettingsException">The step breaks rules: all of them are named.</exception>
    public async Task<StepRun?> SubmitAsync(
        StepOperatorConnection connection, Step step, Func<StepPlan, Task<bool>> confirm, CancellationToken ct)
    {
        _plan = null;
        var prepared = Prepare(step, connection.Operator);
        var store = await _services.StoreAsync(Stack.Stack.ArtifactStore, ct).ConfigureAwait(false);
        var journal = await _services.JournalAsync(store, ct).ConfigureAwait(false);
        Context = await _services.ContextAsync(connection, journal, ct).ConfigureAwait(false) with { Waiting = _observer.OnWaiting };
        _submitter = new StepSubmitter(Context, step.NeedsRunner ? new StackContentProvider(_services, Stack, store!, _observer) : null);
        try
        {
            return await _submitter.SubmitAsync(prepared, Request(connection.Operator), ConfirmAsync, ct).ConfigureAwait(false);
        }
        finally
        {
            _observer.OnImageReady();
        }

        async Task<bool> ConfirmAsync(StepPlan plan)
        {
            _plan = plan;
            var isWanted = await confirm(plan).ConfigureAwait(false);
            if (isWanted && RunKey is not null && store is not null && Stack.ArtifactStore is not { AllowUnconditionalWrites: true })
            {
                await ConditionalWrites.RequireAsync(store, ct).ConfigureAwait(false);
            }

            return isWanted;
        }
    }

    /// <summary>
    /// Whether the outputs of an earlier run would be returned for the plan that is shown: a sentence, or null for a step that does not ask
    /// for it.
    /// </summary>
    public Task<string?> ForeseeCacheAsync(StepPlan plan, CancellationToken ct) => _submitter!.ForeseeCacheAsync(plan, ct);

    /// <summary>Reads the step. What is wrong with it, and what its stack lacks, is told all at once.</summary>
    private PreparedStep Prepare(Step step, StepOperator stepOperator)
    {
        var prepared = PreparedStep.Read(step, stepOperator);
        var lacking = StackRequirements.Find(Stack, StackRequirements.NeedsOf(step));
        prepared.ThrowIfInvalid(RunKeyRules.Violations(RunKey), lacking is null ? null : new Violation("Stack", lacking.Message));
        return lacking is null ? prepared : throw lacking;
    }

    private RunRequest Request(StepOperator stepOperator) => RunKey is null
        ? new RunRequest(RunId.New(_services.Time)) { Notify = Notify }
        : new RunRequest(RunId.FromKey(RunKey, stepOperator.RunAiBaseUrl, stepOperator.ProjectName))
        {
            IsKeyed = true,
            RunKey = RunKey,
            Force = Force,
            Notify = Notify,
        };
}
