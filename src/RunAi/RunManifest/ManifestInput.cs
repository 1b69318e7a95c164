namespace RunAi.RunManifest;

/// <summary>An input: a file, or a folder as a tar stream.</summary>
internal sealed class ManifestInput
{
    public string Name { get; set; } = "";

    /// <summary>
    /// <see cref="ArtifactDescriptor.FolderMediaType"/> for a folder, unpacked at <c>inputs/NAME</c>; a file lies at
    /// <c>inputs/NAME/FileName</c>.
    /// </summary>
    public string MediaType { get; set; } = "";

    /// <summary>The file's own name; empty for a folder.</summary>
    public string FileName { get; set; } = "";

    /// <summary>The SHA-256 digest of its bytes, <c>sha256:</c> and 64 hexadecimal digits; for a folder of the tar stream.</summary>
    public string Digest { get; set; } = "";

    /// <summary>All its bytes.</summary>
    public long Size { get; set; }

    /// <summary>Its parts in order; one for all but very large artifacts.</summary>
    public ManifestPart[] Parts { get; set; } = [];
}
