namespace RunAi.StepRunner.Log;

/// <summary>
/// Makes the lines of one of the command's streams entries of the log. A line without its end is written in pieces: when it is
/// long, and when nothing more came for a while, so that a progress bar is seen. Of a line that is written anew by carriage returns only
/// the last state is: a piece that supersedes those before it begins with a carriage return.
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
                    if (!KeepLastState())
                    {
                        Write(whole: false);
                    }

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

    /// <summary>Makes room in a full buffer by dropping the states that are superseded; false when there are none.</summary>
    private bool KeepLastState()
    {
        var (state, supersedes) = CarriageReturns.LastState(_pending.AsMemory(0, _length));
        if (!supersedes || state.Length >= LongestPiece / 2)
        {
            return false;
        }

        var kept = state.ToArray();
        _pending[0] = (byte)'\r';
        kept.CopyTo(_pending.AsSpan(1));
        _length = kept.Length + 1;
        if (!_open)
        {
            // So that what was dropped leaves no trace in a line that is written whole.
            kept.CopyTo(_pending.AsSpan(0));
            _length = kept.Length;
        }

        return true;
    }

    private void Write(bool whole)
    {
        var (state, supersedes) = CarriageReturns.LastState(_pending.AsMemory(0, _length));
        var text = supersedes && (_open || !whole) ? (byte[])[(byte)'\r', .. state.Span] : state.Span;
        log.Append(stream, whole, _since, text);
        _length = 0;
        _open = !whole;
    }
}
