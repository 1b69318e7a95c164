using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the image builders that are registered.</para>
/// <para type="description">What is registered is read from the configuration file. No container engine is asked.</para>
/// </summary>
/// <example>
/// <para>List all image builders</para>
/// <code test="emulator">Get-RunAiImageBuilder</code>
/// <para>Each comes back with its name, flavor and options.</para>
/// </example>
/// <example>
/// <para>List those whose name begins alike</para>
/// <code test="emulator">Get-RunAiImageBuilder layers*</code>
/// <para>Only the builders whose name begins with layers come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiImageBuilder")]
[OutputType(typeof(ImageBuilder))]
public sealed class GetImageBuilderCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageBuilderNameCompleter))]
    [ValidateNotNullOrEmpty]
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
