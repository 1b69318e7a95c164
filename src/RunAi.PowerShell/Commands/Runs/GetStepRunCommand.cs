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
/// <para>Find the runs that workloads belong to</para>
/// <code test="emulator">Get-RunAiWorkload runai-train-* | Get-RunAiStepRun</code>
/// <para>The run of each workload comes back.</para>
/// </example>
/// <example>
/// <para>Find the run of a key</para>
/// <code>Get-RunAiStepRun -RunKey "$env:BUILD_BUILDID/train"</code>
/// <para>The run comes back, as its record has it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiStepRun")]
[OutputType(typeof(StepRun))]
public sealed class GetStepRunCommand : OperatorCommand
{
    private string? _current;
    private WildcardPattern[]? _steps;
    private (string Name, WildcardPattern Value)[] _tags = [];

    /// <summary>
    /// <para type="description">The run's id, the name of its workload or step, or its key, with * and ? as wildcards; also those of a run
    /// or workload from the pipeline; all by default.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RunId", "WorkloadName", "WorkloadId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Only runs that were submitted with these keys; * and ? are wildcards.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunKeyCompleter))]
    public string[]? RunKey { get; set; }

    /// <summary><para type="description">Only runs of these steps; * and ? are wildcards.</para></summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StepNameCompleter))]
    public string[]? StepName { get; set; }

    /// <summary><para type="description">Only runs that were last seen in one of these states.</para></summary>
    [Parameter]
    public StepRunState[]? State { get; set; }

    /// <summary>
    /// <para type="description">Only runs with these tags, such as @{ sweep = 'lr*'; fold = 3 }; * and ? are wildcards in values.</para>
    /// </summary>
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
        _steps = StepName?.Select(Pattern).ToArray();
        _tags = Tag is null ? [] : [.. TextMap.From(PSObjectUnwrapper.Dictionary(Tag)).Select(tag => (tag.Key, Pattern(tag.Value)))];
        var stack = ResolveStack();
        var storeName = string.IsNullOrEmpty(ArtifactStore) ? stack.Stack.ArtifactStore : ArtifactStore;
        if (RunKey is not null && !MyInvocation.BoundParameters.ContainsKey(nameof(Name)))
        {
            WriteEach(RunKey, (key, context, token) => WriteByKeyAsync(key, stack.StepOperator, storeName, context, token));
        }
        else
        {
            WriteEach(Name, (name, context, token) => WriteByNameAsync(name, stack.StepOperator, storeName, context, token));
        }
    }

    private void WriteEach(string[] names, Func<string, CommandContext, CancellationToken, Task> write)
    {
        foreach (var name in names)
        {
            _current = name;
            try
            {
                Await((context, token) => write(name, context, token));
            }
            catch (RunAiException failure) when (failure.ErrorId == ErrorIds.RunNotFound)
            {
                WriteFailure(failure, name);
            }
        }
    }

    private async Task WriteByKeyAsync(
        string key, RunAi.StepOperator stepOperator, string? storeName, CommandContext context, CancellationToken token)
    {
        if (WildcardPattern.ContainsWildcardCharacters(key))
        {
            await ListAsync(Pattern("*"), [Pattern(key)], storeName, context, token).ConfigureAwait(false);
            return;
        }

        var run = await new RunFinder(context.Services, stepOperator).FindByKeyAsync(key, storeName, token).ConfigureAwait(false);
        if (IsWanted(run, null))
        {
            context.Pump.Post(() => WriteObject(run));
        }
    }

    private async Task WriteByNameAsync(
        string name, RunAi.StepOperator stepOperator, string? storeName, CommandContext context, CancellationToken token)
    {
        var keys = RunKey?.Select(Pattern).ToArray();
        if (!WildcardPattern.ContainsWildcardCharacters(name)
            && await new RunFinder(context.Services, stepOperator).TryFindOneAsync(name, storeName, token).ConfigureAwait(false) is { } run)
        {
            if (IsWanted(run, keys))
            {
                context.Pump.Post(() => WriteObject(run));
            }

            return;
        }

        await ListAsync(
            Pattern(name), keys, storeName, context, token,
            WildcardPattern.ContainsWildcardCharacters(name) ? null : name).ConfigureAwait(false);
    }

    private Task ListAsync(
        WildcardPattern name, WildcardPattern[]? keys, string? storeName, CommandContext context, CancellationToken token,
        string? onlyOne = null) =>
        new RecordedRuns(context.Services).ListAsync(
            storeName,
            run => (name.IsMatch(run.RunId) || name.IsMatch(run.WorkloadName) || name.IsMatch(run.StepName)
                || (run.RunKey is { } key && name.IsMatch(key)))
                && IsWanted(run, keys),
            First,
            run => context.Pump.Post(() => WriteObject(run)),
            token,
            onlyOne);

    private bool IsWanted(StepRun run, WildcardPattern[]? keys) =>
        (keys is null || (run.RunKey is { } key && keys.Any(pattern => pattern.IsMatch(key))))
        && (_steps is null || _steps.Any(step => step.IsMatch(run.StepName)))
        && (State is null || State.Contains(run.State))
        && _tags.All(tag => run.Tags.TryGetValue(tag.Name, out var value) && tag.Value.IsMatch(value))
        && (string.IsNullOrEmpty(StepOperator) || string.Equals(run.StepOperator, StepOperator, StringComparison.OrdinalIgnoreCase));

    private static WildcardPattern Pattern(string text) => new(text, WildcardOptions.IgnoreCase);
}
