namespace RunAi.RunManifest;

/// <summary>One object of an artifact's content.</summary>
internal sealed class ArtifactPart
{
    /// <summary>Its key, relative to the artifact's folder.</summary>
    public string Key { get; set; } = "";

    /// <summary>Its size in bytes.</summary>
    public long Size { get; set; }
}
