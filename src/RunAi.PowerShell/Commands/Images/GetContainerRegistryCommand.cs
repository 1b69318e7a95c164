using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the container registries that are registered.</para>
/// <para type="description">What is registered is read from the configuration file. No registry is asked.</para>
/// </summary>
/// <example>
/// <para>List all container registries</para>
/// <code test="emulator">Get-RunAiContainerRegistry</code>
/// <para>Each comes back with its name and address; a reference stands where a secret is needed.</para>
/// </example>
/// <example>
/// <para>List those whose name begins alike</para>
/// <code test="emulator">Get-RunAiContainerRegistry acr*</code>
/// <para>Only the registries whose name begins with acr come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiContainerRegistry")]
[OutputType(typeof(ContainerRegistry))]
public sealed class GetContainerRegistryCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerRegistryNameCompleter))]
    [ValidateNotNullOrEmpty]
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
