using RunAi.PowerShell.Binding;
using RunAi.Runs;
using RunAi.Stacks;
using RunAi.Workloads;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Finds the run that a workload was named by: its id, its key, or the name of its step.</summary>
internal sealed class WorkloadLookup
{
    private readonly CommandContext _context;
    private readonly ResolvedStack _stack;

    /// <param name="context">What the work may use of the command.</param>
    /// <param name="stack">The stack that the command works with.</param>
    public WorkloadLookup(CommandContext context, ResolvedStack stack) => (_context, _stack) = (context, stack);

    /// <summary>True to fail when several runs have the step's name; otherwise the newest is meant.</summary>
    public bool MustBeOnly { get; init; }

    /// <summary>
    /// True for one that has to be looked up. Names as this module makes them are workloads' and need no lookup: the control plane is asked
    /// for them anyway.
    /// </summary>
    public static bool IsNeeded(WorkloadIdentity identity) =>
        identity.Run is null && (identity.RunId is not null || (identity.Id is null && !IsNameOfRun(identity.Text)));

    /// <summary>The workload that is meant, with its run where it was named by one.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.WorkloadNotFound"/>, <see cref="ErrorIds.RunNotFound"/> or
    /// <see cref="ErrorIds.RunAmbiguous"/>.</exception>
    public async Task<WorkloadIdentity> FindAsync(WorkloadIdentity identity, CancellationToken token)
    {
        var finder = new RunFinder(_context.Services, _stack.StepOperator) { MustBeOnly = MustBeOnly };
        var store = identity.ArtifactStore ?? _stack.Stack.ArtifactStore;
        if (identity.RunId is { } runId)
        {
            var run = identity.Id is null
                ? await finder.FindAsync(runId, store, token).ConfigureAwait(false)
                : await finder.TryFindOneAsync(runId, store, token).ConfigureAwait(false);
            return run is null ? identity : new WorkloadIdentity(run);
        }

        if (RunId.Is(identity.Text) && await finder.TryFindOneAsync(identity.Text, store, token).ConfigureAwait(false) is { } meant)
        {
            return new WorkloadIdentity(meant);
        }

        try
        {
            var connection = await _context.ConnectAsync(_stack.StepOperator, token).ConfigureAwait(false);
            var workload = await connection.WorkloadAsync(identity.Text, token).ConfigureAwait(false);
            return new WorkloadIdentity(workload.Name, workload.Id, workload.Phase);
        }
        catch (RunAiApiException failure) when (failure.ErrorId == ErrorIds.WorkloadNotFound)
        {
            if (await finder.TryFindAsync(identity.Text, store, token).ConfigureAwait(false) is { } run)
            {
                return new WorkloadIdentity(run);
            }

            throw;
        }
    }

    private static bool IsNameOfRun(string text) => WorkloadName.SuffixOf(text) is { } suffix && suffix.Any(char.IsDigit);
}
