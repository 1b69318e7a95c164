using System.Buffers.Binary;
using System.IO.Hashing;

namespace RunAi.Images;

/// <summary>Tells blocks of a layer apart by their uncompressed bytes (XXH128).</summary>
/// <param name="High">The first half of the hash.</param>
/// <param name="Low">The second half of the hash.</param>
internal readonly record struct BlockKey(ulong High, ulong Low)
{
    /// <summary>The key of a block.</summary>
    public static BlockKey Of(ReadOnlySpan<byte> block)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(block, hash);
        return new BlockKey(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }
}
