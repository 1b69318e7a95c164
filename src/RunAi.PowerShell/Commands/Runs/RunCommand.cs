using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>A command on runs that are given as runs or ids; an id's record is read from the artifact store, on any machine.</summary>
public abstract class RunCommand : OperatorCommand
{
    private object? _current;

    /// <summary>
    /// <para type="description">The run: one from Submit- or Invoke-RunAiStep, or its id, also from the pipeline, and one that came back from a job or
    /// a file.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RunId", "InputObject")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public RunIdentity[] Run { get; set; } = [];

    /// <summary><para type="description">The artifact store that has the run's record; the run's own, else the stack's, when it is left out.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => _current;

    /// <summary>Does the command's work for one run.</summary>
    private protected abstract void ProcessRun(RunIdentity identity);

    /// <inheritdoc/>
    protected sealed override void ProcessInput()
    {
        foreach (var identity in Run)
        {
            _current = identity.RunId;
            ProcessRun(identity);
        }
    }

    /// <summary>The name of the store to look for a run's record in; null for this machine's records alone.</summary>
    private protected string? RecordStore(RunIdentity identity) =>
        !string.IsNullOrEmpty(ArtifactStore) ? ArtifactStore : identity.Run?.ArtifactStore ?? ResolveStack().Stack.ArtifactStore;

    /// <summary>The step operator that a recorded run is reached with: the one named, else one that goes to the run's project.</summary>
    private protected RunAi.StepOperator OperatorOf(RunRecord record) =>
        RunOperators.For(record, string.IsNullOrEmpty(StepOperator) ? Configuration.StepOperators.Get() : [ResolveOperator()]);

    /// <summary>The run that is meant, and its store.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>, or the run has no store.</exception>
    private protected async Task<(StepRun Run, IArtifactStore Store)> FindAsync(
        RunIdentity identity, string? stackStore, CommandContext context, CancellationToken token)
    {
        var support = new RunServices(context);
        var name = string.IsNullOrEmpty(ArtifactStore) ? identity.Run?.ArtifactStore ?? (identity.Run is null ? stackStore : null) : ArtifactStore;
        var store = await support.StoreAsync(name, token).ConfigureAwait(false) ?? throw WithoutStore(identity);
        if (identity.Run is { } run)
        {
            return (run, store);
        }

        var record = await new RunJournal([store], Session.Time, context.Log).LastAsync(identity.RunId, token).ConfigureAwait(false);
        return record is null ? throw NotFound(identity, store) : (record.ToRun(name), store);
    }

    private static RunAiException WithoutStore(RunIdentity identity) => new(
        ErrorIds.RunNotFound,
        $"The run '{identity}' has no artifact store, and so neither a log nor a result that could be received. Steps with code, inputs, outputs or "
        + "a base image have one; name the store of a run from another session with -ArtifactStore.")
    {
        Target = identity.RunId,
    };

    private static RunAiException NotFound(RunIdentity identity, IArtifactStore store) => new(
        ErrorIds.RunNotFound,
        $"No run '{identity}' is recorded in {store.Uri}. A run's id has 26 characters; name another store with -ArtifactStore.")
    {
        Target = identity.RunId,
    };
}
