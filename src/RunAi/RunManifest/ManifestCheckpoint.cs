namespace RunAi.RunManifest;

/// <summary>Where the checkpoint folder is kept: two slots in turn, so that a whole one is there at any moment.</summary>
internal sealed class ManifestCheckpoint
{
    public CheckpointSlot[] Slots { get; set; } = [];

    /// <summary>How many bytes a part holds at the most.</summary>
    public long PartSize { get; set; }

    /// <summary>A small JSON object, <see cref="CheckpointHead"/>, written after a slot is whole.</summary>
    public ManifestObject Head { get; set; } = new();
}
