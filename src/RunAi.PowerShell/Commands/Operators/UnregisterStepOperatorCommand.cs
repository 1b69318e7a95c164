using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a step operator. Workloads and secrets are left alone.</para>
/// </summary>
/// <example><code>Unregister-RunAiStepOperator gpu</code></example>
/// <example><code>Get-RunAiStepOperator test* | Unregister-RunAiStepOperator</code></example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiStepOperator", SupportsShouldProcess = true)]
public sealed class UnregisterStepOperatorCommand : ComponentRemovalCommand
{
    /// <summary><para type="description">The name of the step operator.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">Takes it out of the stacks that use it; otherwise one that is in use is kept.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the step operator"))
            {
                Forget(StackSlot.StepOperator, name, Force);
            }
        }
    }
}
