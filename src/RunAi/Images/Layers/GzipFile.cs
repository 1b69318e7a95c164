using System.IO.Compression;

namespace RunAi.Images;

/// <summary>
/// Writes a gzip file whose header is always the same: no name, no time, an unknown system (RFC 1952). The framework's own writer
/// notes the system it runs on.
/// </summary>
internal sealed class GzipFile : Stream
{
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    private readonly Stream _target;
    private readonly DeflateStream _deflate;
    private uint _checksum = Crc32.Start;
    private uint _length;

    public GzipFile(Stream target)
    {
        _target = target;
        _target.Write(Header, 0, Header.Length);
        _deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _checksum = Crc32.Update(_checksum, buffer, offset, count);
        _length = unchecked(_length + (uint)count);
        _deflate.Write(buffer, offset, count);
    }

    /// <summary>Writes what is left and the checksum; the file itself stays open.</summary>
    public void Finish()
    {
        _deflate.Dispose();
        WriteNumber(~_checksum);
        WriteNumber(_length);
    }

    public override void Flush() => _deflate.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _deflate.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteNumber(uint number) =>
        _target.Write([(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)], 0, 4);
}
