using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Gets published artifacts by name, or one by its address.</para>
/// <para type="description">The artifacts of the store that is named come back, else those of the active stack's store, else of the only
/// store registered. An artifact that was published under a name is found by it; the output of a run is found by its address.</para>
/// </summary>
/// <example>
/// <para>Find data sets by the beginning of their name</para>
/// <code test="emulator">Get-RunAiArtifact data* -ArtifactStore blobs</code>
/// <para>Each artifact comes back with its name, address, size and digest.</para>
/// </example>
/// <example>
/// <para>Save the output of a run by its address</para>
/// <code>Get-RunAiArtifact -Uri az://mlartifacts/steps/runs/01JD.../outputs/model | Save-RunAiArtifact -Destination ./model</code>
/// <para>The files appear in ./model. The saved file or folder comes back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiArtifact", DefaultParameterSetName = "Name")]
[OutputType(typeof(Artifact))]
public sealed class GetArtifactCommand : ArtifactCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">The address of one artifact; the registered store that it is in is found by it.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Uri", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string Uri { get; set; } = "";

    /// <inheritdoc/>
    protected override object? CurrentTarget => ParameterSetName == "Uri" ? Uri : Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == "Uri")
        {
            WriteObject(InLibrary(StoreOf(Uri), (library, _, token) => library.GetAsync(Uri, token)));
            return;
        }

        var store = Store();
        foreach (var name in Name)
        {
            var found = InLibrary(store, (library, _, token) => library.ListAsync(name, token));
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(
                    new ArtifactException(
                        ErrorIds.ArtifactNotFound,
                        $"The artifact store '{store.Name}' has no artifact named '{name}'. List all with Get-RunAiArtifact."),
                    name);
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
