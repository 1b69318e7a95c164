namespace RunAi.RunManifest;

/// <summary>Which slot holds the newest whole checkpoint.</summary>
internal sealed class CheckpointHead
{
    public int Slot { get; set; }

    /// <summary>The digest of the tar stream over all parts.</summary>
    public string Digest { get; set; } = "";

    /// <summary>The sizes of the parts in bytes.</summary>
    public long[] PartSizes { get; set; } = [];
}
