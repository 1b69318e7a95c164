using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Defines a step: what runs, in which image, with which environment and settings.</para>
/// <para type="description">Nothing is sent. Pipe the step to Submit-RunAiStep or Invoke-RunAiStep.</para>
/// </summary>
/// <example><code>New-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' | Invoke-RunAiStep</code></example>
/// <example><code>1..3 | ForEach-Object { New-RunAiStep "fold$_" -Image my/image -Command train, --fold, $_ } | Submit-RunAiStep</code></example>
[Cmdlet(VerbsCommon.New, "RunAiStep")]
[OutputType(typeof(Step))]
public sealed class NewStepCommand : RunAiCommand
{
    /// <summary><para type="description">The step's name, which becomes part of the workload's.</para></summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = "";

    /// <summary><para type="description">The container image, for example python:3.12-slim.</para></summary>
    [Parameter(Mandatory = true)]
    [AllowEmptyString]
    public string Image { get; set; } = "";

    /// <summary><para type="description">The program and its arguments, one word each. No shell is involved.</para></summary>
    [Parameter]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary><para type="description">Environment variables: texts, or references that the cluster resolves.</para></summary>
    [Parameter]
    public IDictionary? Environment { get; set; }

    /// <summary><para type="description">Step settings: an object of New-RunAiStepSettings or a hashtable.</para></summary>
    [Parameter]
    [StepSettingsTransformation]
    public StepSettingsInput? Settings { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var step = StepDefinition.Of(Name, Image, Command, Environment, Settings?.Read());
        StepValidation.ThrowIfInvalid(step);
        WriteObject(step);
    }
}
