namespace RunAi.RunManifest;

/// <summary>A part of an input.</summary>
internal sealed class ManifestPart
{
    /// <summary>Where it is read.</summary>
    public string Get { get; set; } = "";

    /// <summary>Its size in bytes.</summary>
    public long Size { get; set; }
}
