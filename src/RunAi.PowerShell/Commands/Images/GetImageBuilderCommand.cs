using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the image builders that are registered.</para>
/// </summary>
/// <example><code>Get-RunAiImageBuilder</code></example>
/// <example><code>Get-RunAiImageBuilder layers*</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiImageBuilder")]
[OutputType(typeof(ImageBuilder))]
public sealed class GetImageBuilderCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            var found = Configuration.ImageBuilders.Get(name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Configuration.ImageBuilders.NotFound(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
