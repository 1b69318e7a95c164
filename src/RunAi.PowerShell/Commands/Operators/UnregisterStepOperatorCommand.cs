using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a step operator. Workloads and secrets are left alone.</para>
/// <para type="description">The operator is taken out of the configuration file. An operator that a stack uses is an error without
/// -Force.</para>
/// </summary>
/// <example>
/// <para>Forget one operator</para>
/// <code test="emulator">Unregister-RunAiStepOperator gpu</code>
/// <para>Nothing comes back. Its workloads run on.</para>
/// </example>
/// <example>
/// <para>Forget every operator whose name begins alike</para>
/// <code test="emulator">Get-RunAiStepOperator test* | Unregister-RunAiStepOperator</code>
/// <para>Nothing comes back. Operators that a stack uses are named in an error and stay.</para>
/// </example>
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
