using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Checks a step operator: its URL, credentials, project and cluster, one line each.</para>
/// <para type="description">Nothing is changed anywhere. With -Quiet only true or false is returned.</para>
/// </summary>
/// <example>
/// <para>Check an operator</para>
/// <code test="emulator">Test-RunAiStepOperator gpu</code>
/// <para>One object comes back for each check: Url, Credentials, Project and Cluster, with Passed and a message.</para>
/// </example>
/// <example>
/// <para>End a script early when there is no cluster</para>
/// <code test="emulator">if (-not (Test-RunAiStepOperator gpu -Quiet)) { throw 'no cluster today' }</code>
/// <para>With -Quiet a check gives true or false; the script ends with an error when it is false.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "RunAiStepOperator")]
[OutputType(typeof(StepOperatorCheck), typeof(bool))]
public sealed class TestStepOperatorCommand : RunAiCommand
{
    /// <summary>
    /// <para type="description">The step operator; the active stack's, else the only one registered, when it is left out.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string? Name { get; set; }

    /// <summary><para type="description">Gives only true or false.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stepOperator = Configuration.StackResolver.Resolve(null, Name).StepOperator;
        var checks = Await((context, token) => StepOperatorProbe.CheckAsync(
            stepOperator, t => context.ConnectAsync(stepOperator, t), token));
        if (Quiet)
        {
            WriteObject(checks.All(c => c.Passed));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }
    }
}
