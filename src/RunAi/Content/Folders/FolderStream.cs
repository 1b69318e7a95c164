namespace RunAi.Content;

/// <summary>
/// A folder as one tar stream, made while it is read: the same bytes for the same names, contents, links and executable bits.
/// </summary>
internal sealed class FolderStream : Stream
{
    private readonly IReadOnlyList<SourceEntry> _entries;
    private readonly MemoryStream _pending = new();
    private readonly TarWriter _tar;
    private int _next;
    private FileStream? _file;
    private long _rest;

    /// <param name="entries">What the folder holds, in order.</param>
    public FolderStream(IReadOnlyList<SourceEntry> entries)
    {
        _entries = entries;
        _tar = new TarWriter(_pending);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            if (_pending.Position < _pending.Length)
            {
                return _pending.Read(buffer, offset, count);
            }

            if (_file is not null && _rest > 0)
            {
                var read = _file.Read(buffer, offset, (int)Math.Min(count, _rest));
                _rest -= read > 0 ? read : throw Changed("shorter");
                return read;
            }

            if (!Advance())
            {
                break;
            }
        }

        return 0;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _pending.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Puts the bytes that come next into the pending ones; false at the end of all.</summary>
    private bool Advance()
    {
        if (_next > _entries.Count)
        {
            return false;
        }

        _pending.SetLength(0);
        if (_file is not null)
        {
            EndFile(_file);
        }
        else if (_next == _entries.Count)
        {
            _tar.Finish();
            _next++;
        }
        else
        {
            Begin(_entries[_next]);
        }

        _pending.Position = 0;
        return true;
    }

    private void Begin(SourceEntry entry)
    {
        switch (entry.Kind)
        {
            case SourceKind.Folder:
                _tar.WriteFolder(entry.Name);
                _next++;
                break;
            case SourceKind.Link:
                _tar.WriteLink(entry.Name, entry.LinkTarget!);
                _next++;
                break;
            default:
                _file = new FileStream(entry.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 17);
                _rest = entry.Size;
                _tar.BeginFile(entry.Name, entry.Kind == SourceKind.Program, entry.Size);
                break;
        }
    }

    private void EndFile(FileStream file)
    {
        if (file.ReadByte() >= 0)
        {
            throw Changed("longer");
        }

        file.Dispose();
        _file = null;
        _tar.EndFile(_entries[_next].Size);
        _next++;
    }

    private IOException Changed(string how) => new($"'{_entries[_next].Location}' became {how} while it was read.");
}
