namespace RunAi.RunManifest;

/// <summary>
/// What an artifact is: the object <c>artifact.json</c> in the artifact's own folder of the store, written after the content, so that an
/// artifact is whole when it is there.
/// </summary>
internal sealed class ArtifactDescriptor
{
    /// <summary>The name of the descriptor's object in the artifact's folder.</summary>
    public const string Key = "artifact.json";

    /// <summary>The media type of a folder, which travels as one tar stream.</summary>
    public const string FolderMediaType = "application/vnd.runai.folder.v1.tar";

    public const string FileMediaType = "application/octet-stream";

    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string Name { get; set; } = "";

    /// <summary>The SHA-256 digest of all its bytes, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Digest { get; set; } = "";

    /// <summary>All its bytes.</summary>
    public long Size { get; set; }

    public string MediaType { get; set; } = FileMediaType;

    /// <summary>The file's or folder's own name.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Its content in order.</summary>
    public ArtifactPart[] Parts { get; set; } = [];
}
