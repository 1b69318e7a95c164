using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// A command that works on a step through a step operator. The step is piped, or defined by the command's own parameters.
/// </summary>
public abstract class StepCommand : StepDefinitionCommand
{
    private const string Given = "Given";

    /// <summary><para type="description">A step made by New-RunAiStep.</para></summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Given)]
    [Alias("InputObject")]
    public Step? Step { get; set; }

    /// <summary>
    /// <para type="description">The step operator to work through; the stack's, else the only one registered, when it is left out.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string? StepOperator { get; set; }

    /// <summary><para type="description">The stack to work with; the active one when it is left out.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string? Stack { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Step?.Name ?? Name;

    /// <summary>The step that is meant.</summary>
    private protected Step GivenStep { get; private set; } = null!;

    /// <summary>The stack to work with, and its components.</summary>
    private protected ResolvedStack ResolvedStack { get; private set; } = null!;

    /// <summary>Does the command's work for the step that is meant.</summary>
    private protected abstract void ProcessStep();

    /// <inheritdoc/>
    protected sealed override void ProcessInput()
    {
        GivenStep = Step ?? DefinedStep();
        ResolvedStack = Configuration.StackResolver.Resolve(Stack, StepOperator);
        ProcessStep();
    }
}
