using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets an artifact store. What is in it and secrets are left alone.</para>
/// <para type="description">The store is taken out of the configuration file. A store that a stack uses is an error without -Force.</para>
/// </summary>
/// <example>
/// <para>Forget one store</para>
/// <code test="emulator">Unregister-RunAiArtifactStore blobs</code>
/// <para>Nothing comes back. The objects in the store stay.</para>
/// </example>
/// <example>
/// <para>Forget every store whose name begins alike</para>
/// <code test="emulator">Get-RunAiArtifactStore test* | Unregister-RunAiArtifactStore</code>
/// <para>Nothing comes back. Stores that a stack uses are named in an error and stay.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiArtifactStore", SupportsShouldProcess = true)]
public sealed class UnregisterArtifactStoreCommand : ComponentRemovalCommand
{
    /// <summary><para type="description">The name of the artifact store.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">Takes it out of the stacks that use it; otherwise one that is in use is kept.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the artifact store"))
            {
                Forget(StackSlot.ArtifactStore, name, Force);
            }
        }
    }
}
