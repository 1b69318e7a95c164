using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a container registry. Images in it and secrets are left alone.</para>
/// <para type="description">The registry is taken out of the configuration file. A registry that a stack uses is an error without
/// -Force.</para>
/// </summary>
/// <example>
/// <para>Forget one registry</para>
/// <code test="emulator">Unregister-RunAiContainerRegistry acr</code>
/// <para>Nothing comes back. The images in it stay.</para>
/// </example>
/// <example>
/// <para>Forget every registry whose name begins alike</para>
/// <code test="emulator">Get-RunAiContainerRegistry test* | Unregister-RunAiContainerRegistry</code>
/// <para>Nothing comes back. Registries that a stack uses are named in an error and stay.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiContainerRegistry", SupportsShouldProcess = true)]
public sealed class UnregisterContainerRegistryCommand : ComponentRemovalCommand
{
    /// <summary><para type="description">The name of the container registry.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">Takes it out of the stacks that use it; otherwise one that is in use is kept.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the container registry"))
            {
                Forget(StackSlot.ContainerRegistry, name, Force);
            }
        }
    }
}
