using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a stack. Its components stay registered. When it was the active one, none is.</para>
/// </summary>
/// <example><code>Unregister-RunAiStack prod</code></example>
/// <example><code>Get-RunAiStack test* | Unregister-RunAiStack</code></example>
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
