using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace RunAi.Runs.Log;

/// <summary>
/// Passes on a log that each connection sends from its beginning again, so that nothing is passed on twice or left out. What was passed on
/// is known by digests of its blocks. A log that begins otherwise, since the runtime has rotated it, goes on after the last bytes that were
/// passed on, where they are in it; where they are not, it is another log and passed on as a whole.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A stream in memory holds nothing to dispose of.")]
internal sealed class LogReplay
{
    private const int Block = 4096;
    private const int MostAnchor = 1024;

    /// <summary>The end of a shorter log may stand anywhere in another.</summary>
    private const int LeastAnchor = 256;
    private const int MostSearched = 4 << 20;

    private readonly Action<byte[], int, int> _pass;
    private readonly Action _restart;
    private readonly List<ulong> _blocks = [];
    private readonly byte[] _open = new byte[Block];
    private readonly byte[] _last = new byte[Block];
    private readonly MemoryStream _held = new();
    private int _openLength;
    private State _state = State.Live;
    private int _matched;

    /// <param name="pass">Gets what is new.</param>
    /// <param name="restart">Is told before the first byte of another log.</param>
    public LogReplay(Action<byte[], int, int> pass, Action restart) => (_pass, _restart) = (pass, restart);

    private enum State
    {
        /// <summary>What comes is new.</summary>
        Live,

        /// <summary>What comes has been the same as what was passed on.</summary>
        Replayed,

        /// <summary>What comes is something else; it is held until it is known where it belongs.</summary>
        Unknown,
    }

    /// <summary>How many bytes of this log were passed on.</summary>
    public long Passed => ((long)_blocks.Count * Block) + _openLength;

    /// <summary>Begins with a new connection.</summary>
    /// <param name="isAnother">True when it is known to be the log of another start.</param>
    public void Begin(bool isAnother)
    {
        if (isAnother && Passed > 0)
        {
            Forget();
        }

        _held.SetLength(0);
        _matched = 0;
        _state = Passed == 0 ? State.Live : State.Replayed;
    }

    /// <summary>Takes what the connection brings.</summary>
    public void Take(byte[] bytes, int offset, int count)
    {
        if (_state == State.Live)
        {
            Pass(bytes, offset, count);
            return;
        }

        _held.Write(bytes, offset, count);
        if (_state == State.Replayed)
        {
            Compare();
        }

        if (_state == State.Unknown)
        {
            Search();
        }

        if (_state == State.Unknown && (_held.Length > MostSearched || Passed < LeastAnchor))
        {
            Settle();
        }
    }

    /// <summary>Nothing comes for now, or no more: what is held and is nowhere in what was passed on, is new.</summary>
    public void Settle()
    {
        if (_state == State.Unknown)
        {
            var held = _held.ToArray();
            Forget();
            _state = State.Live;
            Pass(held, 0, held.Length);
        }
    }

    private void Compare()
    {
        while (_state == State.Replayed)
        {
            var bytes = _held.GetBuffer();
            var length = (int)_held.Length;
            if (_matched < _blocks.Count)
            {
                if (length < Block)
                {
                    return;
                }

                if (XxHash64.HashToUInt64(bytes.AsSpan(0, Block)) != _blocks[_matched])
                {
                    _state = State.Unknown;
                    return;
                }

                _matched++;
                Drop(Block);
                continue;
            }

            var common = Math.Min(length, _openLength);
            if (!bytes.AsSpan(0, common).SequenceEqual(_open.AsSpan(0, common)))
            {
                _state = State.Unknown;
            }
            else if (length >= _openLength)
            {
                Resume(_openLength);
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Looks for the end of what was passed on.</summary>
    private void Search()
    {
        if (Passed < LeastAnchor)
        {
            return;
        }

        var anchor = Anchor();
        var at = _held.GetBuffer().AsSpan(0, (int)_held.Length).IndexOf(anchor);
        if (at >= 0)
        {
            Resume(at + anchor.Length);
        }
    }

    private byte[] Anchor()
    {
        var end = _blocks.Count == 0 ? _open.AsSpan(0, _openLength).ToArray() : [.. _last, .. _open.AsSpan(0, _openLength)];
        return end.Length <= MostAnchor ? end : end.AsSpan(end.Length - MostAnchor).ToArray();
    }

    /// <summary>Goes on with what is held beyond so many bytes.</summary>
    private void Resume(int from)
    {
        var rest = _held.GetBuffer().AsSpan(from, (int)_held.Length - from).ToArray();
        _held.SetLength(0);
        _state = State.Live;
        Pass(rest, 0, rest.Length);
    }

    private void Drop(int count)
    {
        var rest = _held.GetBuffer().AsSpan(count, (int)_held.Length - count).ToArray();
        _held.SetLength(0);
        _held.Write(rest, 0, rest.Length);
    }

    private void Pass(byte[] bytes, int offset, int count)
    {
        if (count > 0)
        {
            Note(bytes.AsSpan(offset, count));
            _pass(bytes, offset, count);
        }
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = bytes.Slice(0, Math.Min(bytes.Length, Block - _openLength));
            part.CopyTo(_open.AsSpan(_openLength));
            _openLength += part.Length;
            bytes = bytes.Slice(part.Length);
            if (_openLength == Block)
            {
                _blocks.Add(XxHash64.HashToUInt64(_open));
                _open.CopyTo(_last, 0);
                _openLength = 0;
            }
        }
    }

    private void Forget()
    {
        _blocks.Clear();
        _openLength = 0;
        _held.SetLength(0);
        _restart();
    }
}
