using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Saves an artifact to a folder: a file under its own name, or what a folder holds.</para>
/// <para type="description">
/// Its bytes are checked against its digest before anything appears at the destination.
/// </para>
/// </summary>
/// <example>
/// <para>Save an output of a run</para>
/// <code>$run.Outputs.model | Save-RunAiArtifact -Destination ./model</code>
/// <para>The files of the output appear in ./model, and the saved file or folder comes back.</para>
/// </example>
/// <example>
/// <para>Replace what an earlier artifact left</para>
/// <code>Get-RunAiArtifact data | Save-RunAiArtifact -Destination ./data -Force</code>
/// <para>The data is written over what the folder held, and the saved file or folder comes back.</para>
/// </example>
[Cmdlet(VerbsData.Save, "RunAiArtifact", SupportsShouldProcess = true, DefaultParameterSetName = "Artifact")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class SaveArtifactCommand : ArtifactCommand
{
    /// <summary><para type="description">The artifact.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Artifact")]
    public Artifact Artifact { get; set; } = new();

    /// <summary><para type="description">The address of the artifact.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Uri", ValueFromPipelineByPropertyName = true)]
    public string Uri { get; set; } = "";

    /// <summary><para type="description">The folder to save to; it is made when it is not there.</para></summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Destination { get; set; } = "";

    /// <summary><para type="description">Replaces files that are there; others stay.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => ParameterSetName == "Uri" ? Uri : Artifact;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var uri = ParameterSetName == "Uri" ? Uri : Artifact.Uri;
        var destination = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination);
        var store = StoreOf(uri);
        if (!ShouldProcess(uri, $"Save to '{destination}'"))
        {
            return;
        }

        var saved = InLibrary(store, async (library, progress, token) =>
        {
            var artifact = ParameterSetName == "Uri" ? await library.GetAsync(uri, token).ConfigureAwait(false) : Artifact;
            return await library.SaveAsync(artifact, destination, Force, progress, token).ConfigureAwait(false);
        });
        WriteObject(Directory.Exists(saved) ? new DirectoryInfo(saved) : new FileInfo(saved));
    }
}
