using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the artifact stores that are registered.</para>
/// <para type="description">What is registered is read from the configuration file. No store is asked.</para>
/// </summary>
/// <example>
/// <para>List all artifact stores</para>
/// <code test="emulator">Get-RunAiArtifactStore</code>
/// <para>Each comes back with its name and address; a reference stands where a secret is needed.</para>
/// </example>
/// <example>
/// <para>List those whose name begins alike</para>
/// <code test="emulator">Get-RunAiArtifactStore blob*</code>
/// <para>Only the stores whose name begins with blob come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiArtifactStore")]
[OutputType(typeof(ArtifactStore))]
public sealed class GetArtifactStoreCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            var found = Configuration.ArtifactStores.Get(name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Configuration.ArtifactStores.NotFound(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
