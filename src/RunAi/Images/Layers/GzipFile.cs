using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace RunAi.Images;

/// <summary>
/// Writes a gzip file (RFC 1952) that is the same wherever it is written: a fixed header, and a compressor that is part of the module,
/// since the framework's own differs between versions and systems. Blocks are compressed on all processors and joined at byte boundaries,
/// each ending in an empty stored block (RFC 1951), into one stream that every reader takes. Where blocks end is a matter of the content
/// alone, and mostly the same on either side of a change; blocks that are kept from before are not compressed again.
/// </summary>
internal sealed class GzipFile : Stream
{
    private const int BlockSize = 1 << 20;

    /// <summary>What a block has before the name of an entry may end it, in bytes.</summary>
    private const int LeastBlock = 128 << 10;

    /// <summary>The name of one in so many entries ends a block.</summary>
    private const int EndsOneIn = 4;

    private static readonly byte[] Header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>The last block of a stream, without content.</summary>
    private static readonly byte[] End = [3, 0];

    private readonly Stream _target;
    private readonly int _parallel = Math.Max(1, Math.Min(Environment.ProcessorCount, 8));
    private readonly Queue<Task<(BlockKey Key, ArraySegment<byte> Packed)>> _packing = new();
    private readonly List<PackedBlock> _blocks = [];
    private readonly KeptBlocks? _kept;
    private readonly Crc32 _checksum = new();
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _filled;
    private uint _length;
    private long _written;

    /// <param name="target">The compressed file.</param>
    /// <param name="kept">Blocks that were compressed before; null for none.</param>
    public GzipFile(Stream target, KeptBlocks? kept = null)
    {
        (_target, _kept) = (target, kept);
        Put(new ArraySegment<byte>(Header));
    }

    /// <summary>The blocks that were written, in order.</summary>
    public IReadOnlyList<PackedBlock> Blocks => _blocks;

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

    /// <summary>
    /// Says that an entry of the archive begins. Its name may end the block before it, so that blocks begin with the same entries again
    /// after one that has become longer or shorter.
    /// </summary>
    /// <param name="name">The entry's name.</param>
    public void BeginEntry(string name)
    {
        if (_filled >= LeastBlock && Crc32.HashToUInt32(Encoding.UTF8.GetBytes(name)) % EndsOneIn == 0)
        {
            Pack();
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

        Put(new ArraySegment<byte>(End));
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }

        base.Dispose(disposing);
    }

    private static ArraySegment<byte> Compress(byte[] block, int length)
    {
        using var packed = new MemoryStream(length / 2);

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
        _packing.Enqueue(Task.Run(() =>
        {
            var key = BlockKey.Of(block.AsSpan(0, length));
            var packed = _kept?.Find(key) is { } kept ? new ArraySegment<byte>(kept) : Compress(block, length);
            ArrayPool<byte>.Shared.Return(block);
            return (key, packed);
        }));
        _block = ArrayPool<byte>.Shared.Rent(BlockSize);
        _filled = 0;
    }

    private void WritePacked()
    {
        var (key, packed) = _packing.Dequeue().GetAwaiter().GetResult();
        _blocks.Add(new PackedBlock(key, _written, packed.Count));
        Put(packed);
    }

    private void WriteNumber(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        Put(new ArraySegment<byte>(bytes));
    }

    private void Put(ArraySegment<byte> bytes)
    {
        _target.Write(bytes.Array!, bytes.Offset, bytes.Count);
        _written += bytes.Count;
    }
}
