namespace RunAi.RunManifest;

/// <summary>Which slot holds the newest whole checkpoint.</summary>
internal sealed class CheckpointHead
{
    public int Slot { get; set; }

    /// <summary>The digest of the tar stream over all parts.</summary>
    public string Digest { get; set; } = "";

    /// <summary>The sizes of the parts in bytes.</summary>
    public long[] PartSizes { get; set; } = [];

    /// <summary>
    /// The one before it in the other slot, for when the newest turns out damaged; null when there is none. Its own is null.
    /// </summary>
    public CheckpointHead? Previous { get; set; }
}
