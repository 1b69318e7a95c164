using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a stack. Its components stay registered. When it was the active one, none is.</para>
/// <para type="description">Components can be used by other stacks. Forget them with Unregister-RunAiStepOperator, -ArtifactStore,
/// -ContainerRegistry and -ImageBuilder.</para>
/// </summary>
/// <example>
/// <para>Forget a stack</para>
/// <code test="emulator">Unregister-RunAiStack prod</code>
/// <para>Nothing comes back. Commands that named it get RunAi.InvalidStack.</para>
/// </example>
/// <example>
/// <para>Forget every stack whose name begins alike</para>
/// <code test="emulator">Get-RunAiStack test* | Unregister-RunAiStack</code>
/// <para>Nothing comes back.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiStack", SupportsShouldProcess = true)]
public sealed class UnregisterStackCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the stack.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the stack"))
            {
                Await((_, token) => Configuration.Stacks.UnregisterAsync(name, token));
            }
        }
    }
}
