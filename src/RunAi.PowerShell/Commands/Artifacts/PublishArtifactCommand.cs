using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Stores a file or folder as an artifact, which steps can take as an input.</para>
/// <para type="description">
/// A folder travels as one tar stream with its links and executable bits; what its .runaiignore lists is left out. The same content gives
/// the same artifact, and what the store has is not uploaded again.
/// </para>
/// </summary>
/// <example>
/// <para>Store a folder with data</para>
/// <code test="emulator">Publish-RunAiArtifact ./data -ArtifactStore blobs</code>
/// <para>The artifact comes back with its address, size and digest. It can be the -Input of a step.</para>
/// </example>
/// <example>
/// <para>Store each of several files</para>
/// <code>Get-Item ./models/*.onnx | Publish-RunAiArtifact</code>
/// <para>One artifact comes back for each file, under the file's name.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "RunAiArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(Artifact))]
public sealed class PublishArtifactCommand : ArtifactCommand
{
    /// <summary><para type="description">The file or folder.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    public string Path { get; set; } = "";

    /// <summary><para type="description">The artifact's name; the file's or folder's own by default.</para></summary>
    [Parameter]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Path;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var store = Store();
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (ShouldProcess(path, $"Publish to {store}"))
        {
            WriteObject(InLibrary(store, (library, progress, token) => library.PublishAsync(path, Name, progress, token)));
        }
    }
}
