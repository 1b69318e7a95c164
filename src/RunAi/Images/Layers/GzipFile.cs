using System.Buffers.Binary;
using System.IO.Hashing;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace RunAi.Images;

/// <summary>
/// Writes a gzip file (RFC 1952) that is the same wherever it is written: a fixed header, and a compressor that is part of the module,
/// since the framework's own differs between versions and systems. Blocks of a fixed size are compressed on all processors and joined
/// at byte boundaries, each ending in an empty stored block (RFC 1951), into one stream that every reader takes.
/// </summary>
internal sealed class GzipFile : Stream
{
    private const int BlockSize = 1 << 20;
    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>The last block of a stream, without content.</summary>
    private static readonly byte[] End = [3, 0];

    private readonly Stream _target;
    private readonly int _parallel = Math.Max(1, Math.Min(Environment.ProcessorCount, 8));
    private readonly Queue<Task<ArraySegment<byte>>> _packing = new();
    private readonly Crc32 _checksum = new();
    private byte[] _block = new byte[BlockSize];
    private int _filled;
    private uint _length;

    public GzipFile(Stream target)
    {
        _target = target;
        _target.Write(Header, 0, Header.Length);
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
        _checksum.Append(buffer.AsSpan(offset, count));
        _length = unchecked(_length + (uint)count);
        while (count > 0)
        {
            var taken = Math.Min(count, BlockSize - _filled);
            Buffer.BlockCopy(buffer, offset, _block, _filled, taken);
            _filled += taken;
            offset += taken;
            count -= taken;
            if (_filled == BlockSize)
            {
                Pack();
            }
        }
    }

    /// <summary>Writes what is left and the checksum; the file itself stays open.</summary>
    public void Finish()
    {
        if (_filled > 0)
        {
            Pack();
        }

        while (_packing.Count > 0)
        {
            WritePacked();
        }

        _target.Write(End, 0, End.Length);
        WriteNumber(_checksum.GetCurrentHashAsUInt32());
        WriteNumber(_length);
    }

    /// <summary>Does nothing: where blocks end must not depend on who writes.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static ArraySegment<byte> Compress(byte[] block, int length)
    {
        using var packed = new MemoryStream(BlockSize / 2);

        // Left open: closing it would end the whole stream.
        var deflate = new DeflateStream(packed, CompressionMode.Compress, CompressionLevel.BestSpeed) { FlushMode = FlushType.Sync };
        deflate.Write(block, 0, length);
        return new ArraySegment<byte>(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private void Pack()
    {
        if (_packing.Count == _parallel)
        {
            WritePacked();
        }

        var (block, length) = (_block, _filled);
        _packing.Enqueue(Task.Run(() => Compress(block, length)));
        _block = new byte[BlockSize];
        _filled = 0;
    }

    private void WritePacked()
    {
        var packed = _packing.Dequeue().GetAwaiter().GetResult();
        _target.Write(packed.Array!, packed.Offset, packed.Count);
    }

    private void WriteNumber(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        _target.Write(bytes, 0, bytes.Length);
    }
}
