namespace RunAi.RunManifest;

/// <summary>An output that the command writes as a file or a folder at <c>outputs/NAME</c>.</summary>
internal sealed class ManifestOutput
{
    public string Name { get; set; } = "";

    /// <summary>True to publish it also when the command fails, if it is there; it then does not have to be.</summary>
    public bool Always { get; set; }

    /// <summary>Where its parts are written, in order; those not needed stay unused.</summary>
    public string[] Parts { get; set; } = [];

    /// <summary>The keys of the parts, relative to the descriptor's folder, as <see cref="ArtifactDescriptor.Parts"/> names them.</summary>
    public string[] PartKeys { get; set; } = [];

    /// <summary>How many bytes a part holds at the most.</summary>
    public long PartSize { get; set; }

    /// <summary>Where <see cref="ArtifactDescriptor"/> goes, after its parts.</summary>
    public ManifestObject Descriptor { get; set; } = new();
}
