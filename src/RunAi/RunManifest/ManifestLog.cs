namespace RunAi.RunManifest;

/// <summary>
/// Where the log goes: segments that are written anew as they grow (each time with the same beginning) until they are full. A segment holds
/// lines, each a <see cref="LogEntryHead"/> and a text. The keys are <c>log/00000</c>, <c>log/00001</c>, ...
/// A later start goes on with the first segment that is not there yet.
/// </summary>
internal sealed class ManifestLog
{
    /// <summary>Where the segments are written, in order.</summary>
    public string[] Segments { get; set; } = [];

    /// <summary>The size at which a segment is full, in bytes.</summary>
    public long SegmentSize { get; set; } = 1 << 20;

    /// <summary>A small JSON object, <see cref="LogHead"/>, that a later start reads to go on where an earlier one ended.</summary>
    public ManifestObject Head { get; set; } = new();
}
