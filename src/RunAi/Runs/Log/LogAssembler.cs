using System.Text;
using Newtonsoft.Json;
using RunAi.Json;
using RunAi.RunManifest;

namespace RunAi.Runs.Log;

/// <summary>Puts the pieces of an attempt's log together to lines, and knows where a reader that comes later must go on.</summary>
internal sealed class LogAssembler
{
    /// <summary>A longer line comes in pieces, so that output without line ends needs no memory without end.</summary>
    private const int LongestLine = 1 << 20;

    private readonly LogPosition _begin;
    private readonly Dictionary<string, OpenLine> _open = new(StringComparer.Ordinal);
    private LogOffset _place;
    private int _start;

    public LogAssembler(LogPosition begin)
    {
        _begin = begin;
        _place = begin.ReadFrom;
        _start = begin.Start;
    }

    /// <summary>The first byte that was not read.</summary>
    public LogOffset Next => _place;

    /// <summary>Where another reader goes on.</summary>
    public LogPosition Position => new(
        _begin.Attempt,
        _start,
        _place.CompareTo(_begin.Place) < 0 ? _begin.Place : _place,
        _open.ToDictionary(pair => pair.Key, pair => pair.Value.Place, StringComparer.Ordinal));

    /// <summary>The open lines in which a carriage return was met.</summary>
    public IReadOnlyList<LogLine> States =>
        [.. _open.Where(pair => pair.Value.HasStates).Select(pair => Line(pair.Key, pair.Value.Time, pair.Value.Read()))];

    /// <summary>Goes on with the next segment.</summary>
    public void NextSegment() => _place = new LogOffset(_place.Segment + 1, 0);

    /// <summary>Reads what follows in the segment; the rest of the bytes after their last line end is left for the next time.</summary>
    public IEnumerable<LogLine> Take(byte[] bytes)
    {
        var from = 0;
        for (int end; (end = Array.IndexOf(bytes, (byte)'\n', from)) >= 0; from = end + 1)
        {
            var place = _place;
            var piece = LogPiece.Parse(new ArraySegment<byte>(bytes, from, end - from));
            _place = new LogOffset(place.Segment, place.Offset + end + 1 - from);
            if (!_begin.IsRead(piece.Stream, place))
            {
                foreach (var line in Take(piece, place))
                {
                    yield return line;
                }
            }
        }
    }

    private IEnumerable<LogLine> Take(LogPiece piece, LogOffset place)
    {
        if (!_open.TryGetValue(piece.Stream, out var open))
        {
            open = new OpenLine(place, piece.Time);
        }

        if (open.Length + piece.Text.Count > LongestLine && !open.KeepLastState() && piece.Stream != LogEntryHead.Runner)
        {
            var part = open.Read();
            _open[piece.Stream] = open = new OpenLine(place, piece.Time);
            yield return Line(piece.Stream, piece.Time, part);
        }

        open.Add(piece.Text);
        if (!piece.IsWhole)
        {
            _open[piece.Stream] = open;
            yield break;
        }

        _open.Remove(piece.Stream);
        if (piece.Stream != LogEntryHead.Runner)
        {
            yield return Line(piece.Stream, open.Time, open.Read());
            yield break;
        }

        var note = Note(open.Read());
        if (note.Event == LogNote.Started)
        {
            // What an earlier start left in pieces never ends.
            foreach (var stream in _open.Keys.ToArray())
            {
                var rest = _open[stream];
                _open.Remove(stream);
                yield return Line(stream, rest.Time, rest.Read());
            }

            _start = note.Start;
        }

        if (!string.IsNullOrEmpty(note.Message))
        {
            yield return Line(LogEntryHead.Runner, open.Time, note.Message!);
        }
    }

    private LogLine Line(string stream, DateTimeOffset? time, string text) => new()
    {
        Time = time,
        Stream = stream,
        Attempt = _begin.Attempt,
        Start = Math.Max(_start, 1),
        Text = text,
        Position = Position.ToString(),
    };

    private static LogNote Note(string json)
    {
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            return WireJson.Map<LogNote>(WireJson.Read(stream));
        }
        catch (JsonException)
        {
            return new LogNote { Message = json };
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A stream in memory holds nothing to dispose of.")]
    private sealed class OpenLine
    {
        private const byte Return = (byte)'\r';

        private readonly MemoryStream _text = new();

        public OpenLine(LogOffset place, DateTimeOffset? time)
        {
            Place = place;
            Time = time;
        }

        public LogOffset Place { get; }

        public DateTimeOffset? Time { get; }

        public long Length => _text.Length;

        /// <summary>True once a carriage return came that more text followed, or that began a piece.</summary>
        public bool HasStates { get; private set; }

        public void Add(ArraySegment<byte> piece)
        {
            var last = piece.Count == 0 ? -1 : Array.LastIndexOf(piece.Array!, Return, piece.Offset + piece.Count - 1, piece.Count);
            HasStates |= last >= 0 && (last < piece.Offset + piece.Count - 1 || piece.Count > 1);
            _text.Write(piece.Array!, piece.Offset, piece.Count);
        }

        /// <summary>Drops all but the last state; false for a line without states.</summary>
        public bool KeepLastState()
        {
            var bytes = _text.ToArray();
            var last = Array.LastIndexOf(bytes, Return);
            if (last <= 0)
            {
                return false;
            }

            _text.SetLength(0);
            _text.Write(bytes, last, bytes.Length - last);
            return true;
        }

        public string Read() => Encoding.UTF8.GetString(_text.ToArray());
    }
}
