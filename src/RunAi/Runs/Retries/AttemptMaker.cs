using RunAi.Artifacts;

namespace RunAi.Runs.Retries;

/// <summary>
/// Makes the next attempt of a run from its recipe, on any machine that reaches the record. Of many that would, one does: the attempt is
/// claimed by an entry of the record, as the first one was.
/// </summary>
internal sealed class AttemptMaker
{
    private readonly RunJournal _journal;
    private readonly RunLeases _claims;
    private readonly AttemptSubmission _submission;
    private readonly CreateReconciler _settlement;

    /// <param name="context">What the work goes by.</param>
    /// <param name="store">The run's store; null for a run without the step runner.</param>
    public AttemptMaker(RunContext context, IArtifactStore? store)
    {
        _journal = context.Journal;
        _settlement = new CreateReconciler(context);
        _claims = new RunLeases(context);
        _submission = new AttemptSubmission(context, store is null ? null : new ManifestWriter(store, ManifestWriter.FolderOf(store)));
    }

    /// <summary>The attempt that is being submitted; null before.</summary>
    public StepPlan? Plan { get; private set; }

    /// <summary>Tells that the attempt that was submitted is over.</summary>
    public void Forget() => Plan = null;

    /// <summary>Makes the attempt after one that is over, or finds the one that another made.</summary>
    /// <param name="last">The run's last entry.</param>
    /// <param name="after">The number of the attempt that is over.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The run's entry with the new attempt.</returns>
    /// <exception cref="RunAiException">It cannot be made.</exception>
    public async Task<RunRecord> MakeAsync(RunRecord last, int after, CancellationToken ct)
    {
        var recipe = await _journal.FindAsync<RunRecipe>(RunKeys.Recipe(last.RunId, after), ct).ConfigureAwait(false)
            ?? throw new RunAiException(
                ErrorIds.RunNotFound,
                $"Attempt {after + 1} of run {last.RunId} cannot be made: {RunKeys.Recipe(last.RunId, after)}, which tells what to submit, "
                + "is no longer kept. Submit the step again.")
            {
                Target = last.RunId,
            };
        var plan = Plan = recipe.ToPlan(last.RunId);
        plan.TakeAttempt(after + 1);

        // A control plane that does not answer is met before the claim: the record does not grow while it is away.
        await _settlement.FindEarlierAsync(plan.Target, wasClaimed: false, ct).ConfigureAwait(false);
        var wanted = last.Claiming(Math.Max(last.Attempt, after + 1));
        while (true)
        {
            var (claim, there) = await _claims.AcquireAsync(
                wanted, countsAnew: false, NameOf, (run, _) => Task.FromResult(run.Attempt <= after), ct).ConfigureAwait(false);
            using (claim)
            {
                if (claim is null)
                {
                    return there;
                }

                if (await _submission.SubmitAsync(
                    plan, recipe.Materials, claim, looksFirst: true, replan: null, ct).ConfigureAwait(false) is { } made)
                {
                    return made;
                }
            }
        }

        string NameOf(int attempt)
        {
            if (attempt <= after)
            {
                throw RunIsGone(last.RunId);
            }

            plan.TakeAttempt(attempt);
            return plan.WorkloadName;
        }
    }

    /// <summary>The failure when somebody removed the run.</summary>
    public static RunAiException RunIsGone(string runId) =>
        new(ErrorIds.RunNotFound, $"The record of run {runId} was removed while it was waited for. No further attempt is made.")
        {
            Target = runId,
        };
}
