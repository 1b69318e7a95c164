using System.Text;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Log;

/// <summary>
/// Gathers the log's entries in segments until they are stored. Safe to use from many threads. When full segments pile up, those who write
/// wait for the store; when it is away, entries are dropped and counted instead, since the command must not wait for it.
/// </summary>
internal sealed class SegmentedLog(int firstIndex, int segmentCount, long segmentSize)
{
    private const int MostWaiting = 48;

    /// <summary>Room in the last segment for what the runner has to say when it is full.</summary>
    private const int Reserve = 2048;

    private readonly object _lock = new();
    private readonly Queue<LogSegment> _full = new();
    private LogSegment? _current;
    private int _begun = firstIndex;
    private bool _truncated;
    private bool _storeIsAway;
    private bool _abandoned;
    private long _dropped;

    /// <summary>Raised, outside of any lock, when there is something new to store; true when a segment is full.</summary>
    public event Action<bool>? Changed;

    /// <summary>How many segments were begun, those of earlier starts included.</summary>
    public int Begun
    {
        get
        {
            lock (_lock)
            {
                return _begun;
            }
        }
    }

    /// <summary>What to write into the log when there is no room for more.</summary>
    public required Func<ReadOnlyMemory<byte>> TruncationNote { get; init; }

    /// <summary>What to write when entries were dropped.</summary>
    public required Func<long, ReadOnlyMemory<byte>> DroppedNote { get; init; }

    public void Append(string stream, bool whole, DateTimeOffset at, ReadOnlySpan<byte> text)
    {
        var head = new LogEntryHead(at, stream, whole).ToString();
        Span<byte> entry = new byte[head.Length + text.Length + 1];
        Encoding.ASCII.GetBytes(head, entry);
        text.CopyTo(entry[head.Length..]);
        entry[^1] = (byte)'\n';
        bool filled;
        lock (_lock)
        {
            filled = Add(entry, isNote: stream == LogEntryHead.Runner);
        }

        Changed?.Invoke(filled);
    }

    /// <summary>
    /// The segments that are full, and the one that grows; null when there is nothing new since a length that was stored.
    /// </summary>
    public LogSegment? Next()
    {
        lock (_lock)
        {
            return _full.TryPeek(out var full) ? full : _current;
        }
    }

    /// <summary>A full segment is stored and needed no more.</summary>
    public void Release(LogSegment segment)
    {
        lock (_lock)
        {
            if (_full.TryPeek(out var full) && full == segment)
            {
                _full.Dequeue();
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>A consistent view of a segment's bytes so far, and whether it is full.</summary>
    public (ReadOnlyMemory<byte> Bytes, bool IsFull) Read(LogSegment segment)
    {
        lock (_lock)
        {
            return (segment.Bytes, segment != _current);
        }
    }

    /// <summary>Whether those who write shall not wait for the store.</summary>
    public void SetStoreIsAway(bool away)
    {
        lock (_lock)
        {
            _storeIsAway = away;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Nothing more will be stored: what waits is let go, and nobody waits for the store any more.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
            _full.Clear();
            _current = null;
            Monitor.PulseAll(_lock);
        }
    }

    private bool Add(ReadOnlySpan<byte> entry, bool isNote)
    {
        while (_full.Count >= MostWaiting && !_storeIsAway && !isNote)
        {
            Monitor.Wait(_lock);
        }

        if (_abandoned || (_truncated && !isNote))
        {
            return false;
        }

        if (_full.Count >= MostWaiting && !isNote)
        {
            _dropped++;
            return false;
        }

        if (_dropped > 0)
        {
            var note = DroppedNote(_dropped);
            _dropped = 0;
            Place(note.Span, isNote: true);
        }

        return Place(entry, isNote);
    }

    /// <returns>Whether a segment became full.</returns>
    private bool Place(ReadOnlySpan<byte> entry, bool isNote)
    {
        var isLast = _begun >= segmentCount;
        if (_current is not null && _current.Fits(entry.Length, isLast && !isNote ? Reserve : 0))
        {
            _current.Append(entry);
            return false;
        }

        if (!isLast)
        {
            var filled = _current is not null;
            if (_current is not null)
            {
                _full.Enqueue(_current);
            }

            _current = new LogSegment(_begun++, segmentSize);
            Place(entry, isNote);
            return filled;
        }

        if (!_truncated && !isNote)
        {
            _truncated = true;
            Place(TruncationNote().Span, isNote: true);
        }

        return false;
    }
}
