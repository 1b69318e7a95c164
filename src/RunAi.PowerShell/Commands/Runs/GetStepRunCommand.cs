using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the runs that are recorded in the stack's artifact store and on this machine, the newest first.</para>
/// <para type="description">
/// A record says what was known when it was last written: by a command that submitted the run, waited for it or looked at it.
/// Resume-RunAiStepRun brings one up to date, Sync-RunAiStepRun all of them. The control plane is not asked.
/// </para>
/// </summary>
/// <example>
/// <para>List the newest runs</para>
/// <code test="emulator">Get-RunAiStepRun -First 10</code>
/// <para>The ten newest runs come back, as they were when their records were last written.</para>
/// </example>
/// <example>
/// <para>Find the failed runs of a step</para>
/// <code test="emulator">Get-RunAiStepRun -StepName train -State Failed</code>
/// <para>Each failed run of the step train comes back, with its exit code and failure.</para>
/// </example>
/// <example>
/// <para>Find the runs of a sweep</para>
/// <code test="emulator">Get-RunAiStepRun -Tag @{ sweep = 'lr' } | Sort-Object { [int] $_.Tags.fold }</code>
/// <para>The runs that were submitted with the tag sweep=lr come back, in the order of their folds.</para>
/// </example>
/// <example>
/// <para>Read the log of the run that a workload belongs to</para>
/// <code>Get-RunAiStepRun runai-train-4g7c2h9k | Receive-RunAiStepLog</code>
/// <para>The lines of the run's log come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiStepRun")]
[OutputType(typeof(StepRun))]
public sealed class GetStepRunCommand : OperatorCommand
{
    private const int IdLength = 26;

    private string? _current;

    /// <summary><para type="description">The run's id or the name of its workload, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("RunId", "WorkloadName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only runs of these steps; * and ? are wildcards.</para></summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? StepName { get; set; }

    /// <summary><para type="description">Only runs that were last seen in one of these states.</para></summary>
    [Parameter]
    public StepRunState[]? State { get; set; }

    /// <summary><para type="description">Only runs with these tags, such as @{ sweep = 'lr*'; fold = 3 }; * and ? are wildcards in values.</para></summary>
    [Parameter]
    public IDictionary? Tag { get; set; }

    /// <summary><para type="description">At most this many.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = int.MaxValue;

    /// <summary><para type="description">The artifact store that has the records; the stack's when it is left out.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => _current;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var storeName = string.IsNullOrEmpty(ArtifactStore) ? ResolveStack().Stack.ArtifactStore : ArtifactStore;
        foreach (var name in Name)
        {
            _current = name;
            try
            {
                Await((context, token) => WriteAsync(name, storeName, context, token));
            }
            catch (RunAiException failure) when (failure.ErrorId == ErrorIds.RunNotFound)
            {
                WriteFailure(failure, name);
            }
        }
    }

    private async Task WriteAsync(string name, string? storeName, CommandContext context, CancellationToken token)
    {
        var runs = new RecordedRuns(context.Services);
        var isPattern = WildcardPattern.ContainsWildcardCharacters(name);
        if (name.Length == IdLength && !isPattern)
        {
            var found = await runs.FindAsync(name.ToUpperInvariant(), storeName, token).ConfigureAwait(false);
            Write(found.Run);
            return;
        }

        var pattern = Pattern(name);
        var steps = StepName?.Select(Pattern).ToArray();
        var tags = Tag is null ? [] : TextMap.From(PSObjectUnwrapper.Dictionary(Tag)).Select(tag => (Name: tag.Key, Value: Pattern(tag.Value))).ToArray();
        await runs.ListAsync(storeName, IsWanted, First, Write, token, isPattern ? null : name).ConfigureAwait(false);

        bool IsWanted(StepRun run) =>
            (pattern.IsMatch(run.RunId) || pattern.IsMatch(run.WorkloadName))
            && (steps is null || steps.Any(step => step.IsMatch(run.StepName)))
            && (State is null || State.Contains(run.State))
            && tags.All(tag => run.Tags.TryGetValue(tag.Name, out var value) && tag.Value.IsMatch(value))
            && (string.IsNullOrEmpty(StepOperator) || string.Equals(run.StepOperator, StepOperator, StringComparison.OrdinalIgnoreCase));

        void Write(StepRun run) => context.Pump.Post(() => WriteObject(run));
    }

    private static WildcardPattern Pattern(string text) => new(text, WildcardOptions.IgnoreCase);
}
