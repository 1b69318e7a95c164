namespace RunAi.StepRunner.Log;

/// <summary>
/// Makes the lines of one of the command's streams entries of the log. A line without its end is written in pieces: when it is
/// long, and when nothing more came for a while, so that a progress bar is seen.
/// </summary>
internal sealed class LineSplitter(string stream, SegmentedLog log, TimeProvider time)
{
    private const int LongestPiece = 16 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly byte[] _pending = new byte[LongestPiece];
    private int _length;
    private DateTimeOffset _since;
    private bool _open;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (!bytes.IsEmpty)
            {
                if (_length == 0)
                {
                    _since = now;
                }

                var end = bytes.IndexOf((byte)'\n');
                var piece = end < 0 ? bytes : bytes[..end];
                var fitting = Math.Min(piece.Length, LongestPiece - _length);
                piece[..fitting].CopyTo(_pending.AsSpan(_length));
                _length += fitting;
                if (fitting < piece.Length)
                {
                    Write(whole: false);
                    bytes = bytes[fitting..];
                }
                else if (end >= 0)
                {
                    Write(whole: true);
                    bytes = bytes[(end + 1)..];
                }
                else
                {
                    return;
                }
            }
        }
    }

    /// <summary>Writes what waits for the end of its line since too long.</summary>
    public void WriteStale()
    {
        lock (_lock)
        {
            if (_length > 0 && time.GetUtcNow() - _since >= Patience)
            {
                Write(whole: false);
            }
        }
    }

    /// <summary>The stream has ended: so does its last line.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (_length > 0 || _open)
            {
                _since = _length > 0 ? _since : time.GetUtcNow();
                Write(whole: true);
            }
        }
    }

    private void Write(bool whole)
    {
        log.Append(stream, whole, _since, _pending.AsSpan(0, _length));
        _length = 0;
        _open = !whole;
    }
}
