using RunAi.RunManifest;

namespace RunAi.Runs.Log;

/// <summary>An entry of a log segment.</summary>
/// <param name="Time">When it was written; null when the entry is in a format that is not ours.</param>
/// <param name="Stream">The stream it is of.</param>
/// <param name="IsWhole">False when the text goes on in a later piece of the stream.</param>
/// <param name="Text">The text as bytes: a character may be cut by the end of a piece.</param>
internal sealed record LogPiece(DateTimeOffset? Time, string Stream, bool IsWhole, ArraySegment<byte> Text)
{
    /// <summary>Reads an entry without its line end; one in another format is taken for output.</summary>
    public static LogPiece Parse(ArraySegment<byte> entry) =>
        LogEntryHead.Parse(entry, out var length) is { } head
            ? new LogPiece(
                head.Time, head.Stream, head.IsWhole, new ArraySegment<byte>(entry.Array!, entry.Offset + length, entry.Count - length))
            : new LogPiece(null, LogEntryHead.Output, true, entry);
}
