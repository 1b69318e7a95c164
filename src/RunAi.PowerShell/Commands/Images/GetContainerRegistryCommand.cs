using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the container registries that are registered.</para>
/// </summary>
/// <example><code>Get-RunAiContainerRegistry</code></example>
/// <example><code>Get-RunAiContainerRegistry acr*</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiContainerRegistry")]
[OutputType(typeof(ContainerRegistry))]
public sealed class GetContainerRegistryCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            var found = Configuration.ContainerRegistries.Get(name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Configuration.ContainerRegistries.NotFound(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
