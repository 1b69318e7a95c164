namespace RunAi.RunManifest;

/// <summary>The addresses of one object of the store.</summary>
internal sealed class ManifestObject
{
    /// <summary>Where it is read; null when the runner never reads it.</summary>
    public string? Get { get; set; }

    /// <summary>Where it is written; null when the runner never writes it.</summary>
    public string? Put { get; set; }
}
