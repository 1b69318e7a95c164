using System.Management.Automation;
using RunAi.Runs.Retries;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Defines a step: what runs, in which image, with which environment and settings.</para>
/// <para type="description">Nothing is sent. Pipe the step to Submit-RunAiStep or Invoke-RunAiStep.</para>
/// </summary>
/// <example>
/// <para>Define and run a step</para>
/// <code test="emulator">New-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' | Invoke-RunAiStep</code>
/// <para>The finished run comes back.</para>
/// </example>
/// <example>
/// <para>Define a step of a script block</para>
/// <code test="emulator">$n = 20; New-RunAiStep dice -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($sides) 1..$using:n | ForEach-Object { Get-Random -Minimum 1 -Maximum ($sides + 1) } } -ArgumentList 6</code>
/// <para>The step comes back. The value of $n was read when it was defined.</para>
/// </example>
/// <example>
/// <para>Define one step for each fold and submit them all</para>
/// <code test="emulator">1..3 | ForEach-Object { New-RunAiStep "fold$_" -Image my/image -Command train, --fold, $_ } | Submit-RunAiStep</code>
/// <para>Three runs come back at once.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiStep", DefaultParameterSetName = Defined)]
[OutputType(typeof(Step))]
public sealed class NewStepCommand : StepDefinitionCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var step = DefinedStep();
        StepValidation.ThrowIfInvalid(step, step.Settings, RetryPolicyReader.Violations(step));
        WriteObject(step);
    }
}
