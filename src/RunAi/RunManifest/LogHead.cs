namespace RunAi.RunManifest;

/// <summary>How far the log has come: written before the first segment of each start, and with each new segment.</summary>
internal sealed class LogHead
{
    /// <summary>The runner's starts so far; the next one has this number plus 1.</summary>
    public int Starts { get; set; }

    /// <summary>How many segments were begun; the next start writes the one of this index.</summary>
    public int Segments { get; set; }
}
