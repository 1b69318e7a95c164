using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Checks a step operator: its URL, credentials, project and cluster, one line each.</para>
/// <para type="description">Nothing is changed anywhere. With -Quiet only true or false is returned.</para>
/// </summary>
/// <example><code>Test-RunAiStepOperator gpu</code></example>
/// <example><code>if (-not (Test-RunAiStepOperator gpu -Quiet)) { throw 'no cluster today' }</code></example>
[Cmdlet(VerbsDiagnostic.Test, "RunAiStepOperator")]
[OutputType(typeof(StepOperatorCheck), typeof(bool))]
public sealed class TestStepOperatorCommand : RunAiCommand
{
    /// <summary><para type="description">The step operator; the active stack's, else the only one registered, when it is left out.</para></summary>
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
        var checks = Await((context, token) => StepOperatorProbe.CheckAsync(stepOperator, t => context.ConnectAsync(stepOperator, t), token));
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
