namespace RunAi.RunManifest;

/// <summary>One place for a checkpoint.</summary>
internal sealed class CheckpointSlot
{
    /// <summary>Its parts in order.</summary>
    public ManifestObject[] Parts { get; set; } = [];
}
