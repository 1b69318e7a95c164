using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// A command on runs that are given as runs, or named; a run that is named is found by its record in the artifact store, on any machine.
/// </summary>
public abstract class RunCommand : OperatorCommand
{
    private protected const string ByRun = "Run";

    private object? _current;

    /// <summary>
    /// <para type="description">The run: one from Submit- or Invoke-RunAiStep or its workload, also from the pipeline and one that came
    /// back from a job or a file; or its id, its workload's name, its key, or its step's name, which means the newest run of the
    /// step.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByRun, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RunId", "WorkloadName", "Name", "WorkloadId", "InputObject")]
    [ArgumentCompleter(typeof(RunCompleter))]
    public RunIdentity[] Run { get; set; } = [];

    /// <summary><para type="description">The key that the run was submitted with, as -RunKey.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "RunKey")]
    [ArgumentCompleter(typeof(RunKeyCompleter))]
    public string[] RunKey { get; set; } = [];

    /// <summary>
    /// <para type="description">The artifact store that has the run's record; the run's own, else the stack's, when it is left out.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => _current;

    /// <summary>True for a command that changes runs for good: one is not guessed where several have the step's name.</summary>
    private protected virtual bool MustBeOnly => false;

    /// <summary>Does the command's work for one run.</summary>
    private protected abstract void ProcessRun(RunIdentity identity);

    /// <inheritdoc/>
    protected sealed override void ProcessInput()
    {
        foreach (var identity in Run)
        {
            _current = identity.RunId;
            ProcessRun(identity.Run is null && !RunId.Is(identity.RunId) ? Find(identity.RunId, finder => finder.FindAsync) : identity);
        }

        foreach (var key in RunKey)
        {
            _current = key;
            ProcessRun(Find(key, finder => finder.FindByKeyAsync));
        }
    }

    /// <summary>The run of a name.</summary>
    private RunIdentity Find(string name, Func<RunFinder, Func<string, string?, CancellationToken, Task<StepRun>>> by)
    {
        var stack = ResolveStack();
        var store = string.IsNullOrEmpty(ArtifactStore) ? stack.Stack.ArtifactStore : ArtifactStore;
        return new RunIdentity(Await((context, token) => by(
            new RunFinder(context.Services, stack.StepOperator) { MustBeOnly = MustBeOnly })(name, store, token)));
    }

    /// <summary>The name of the store to look for a run's record in; null for this machine's records alone.</summary>
    private protected string? RecordStore(RunIdentity identity) =>
        !string.IsNullOrEmpty(ArtifactStore) ? ArtifactStore : identity.Run?.ArtifactStore ?? ResolveStack().Stack.ArtifactStore;

    /// <summary>
    /// The run that is meant, when it is known to have no store: one without the step runner. Null for one that has, or whose store is yet
    /// to be asked.
    /// </summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>.</exception>
    private protected async Task<StepRun?> FindWithoutStoreAsync(
        RunIdentity identity, string? stackStore, CommandContext context, CancellationToken token)
    {
        if (!string.IsNullOrEmpty(ArtifactStore))
        {
            return null;
        }

        if (identity.Run is { } run)
        {
            return string.IsNullOrEmpty(run.ArtifactStore) ? run : null;
        }

        var found = await new RecordedRuns(context.Services).FindAsync(identity.RunId, stackStore, token).ConfigureAwait(false);
        return found.Store is null ? found.Record.ToRun(null) : null;
    }

    /// <summary>The run that is meant, with the store that has its log and result.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>, or the run has no store.</exception>
    private protected Task<StoredRun> FindAsync(RunIdentity identity, string? stackStore, CommandContext context, CancellationToken token)
    {
        var name = string.IsNullOrEmpty(ArtifactStore) ? identity.Run is { } run ? run.ArtifactStore : stackStore : ArtifactStore;
        return new RecordedRuns(context.Services).WithStoreAsync(identity.RunId, identity.Run, name, token);
    }
}
