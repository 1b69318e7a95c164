using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets an image builder. Images it built are left alone.</para>
/// <para type="description">The builder is taken out of the configuration file. A builder that a stack uses is an error without
/// -Force.</para>
/// </summary>
/// <example>
/// <para>Forget one image builder</para>
/// <code test="emulator">Unregister-RunAiImageBuilder layers</code>
/// <para>Nothing comes back. The images that it built stay.</para>
/// </example>
/// <example>
/// <para>Forget every image builder whose name begins alike</para>
/// <code test="emulator">Get-RunAiImageBuilder test* | Unregister-RunAiImageBuilder</code>
/// <para>Nothing comes back. Builders that a stack uses are named in an error and stay.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiImageBuilder", SupportsShouldProcess = true)]
public sealed class UnregisterImageBuilderCommand : ComponentRemovalCommand
{
    /// <summary><para type="description">The name of the image builder.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">Takes it out of the stacks that use it; otherwise one that is in use is kept.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the image builder"))
            {
                Forget(StackSlot.ImageBuilder, name, Force);
            }
        }
    }
}
