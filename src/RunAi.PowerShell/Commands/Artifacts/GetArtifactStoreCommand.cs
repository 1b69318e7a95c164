using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the artifact stores that are registered.</para>
/// </summary>
/// <example><code>Get-RunAiArtifactStore</code></example>
/// <example><code>Get-RunAiArtifactStore blob*</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiArtifactStore")]
[OutputType(typeof(ArtifactStore))]
public sealed class GetArtifactStoreCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
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
